/** The module `builtins`. */
import type { Value } from "../objects/core.ts";
import { objectType, type PyType, typeType } from "../objects/core.ts";
import { newModule } from "../objects/define.ts";
import { exceptionGroupType } from "../objects/exceptions/group.ts";
import * as exceptions from "../objects/exceptions/types.ts";
import { enumerateType } from "../objects/iterators/enumerate.ts";
import { filterType } from "../objects/iterators/filter.ts";
import { mapType } from "../objects/iterators/map.ts";
import { reversedType } from "../objects/iterators/reversed.ts";
import { zipType } from "../objects/iterators/zip.ts";
import { Ellipsis, NotImplemented } from "../objects/singletons.ts";
import * as types from "../objects/types.ts";
import { attributeFunctions } from "./attributes.ts";
import { classFunctions } from "./class-building.ts";
import { evaluationFunctions } from "./evaluate.ts";
import { ioFunctions } from "./io.ts";
import { iterationFunctions } from "./iteration.ts";
import { numberFunctions } from "./numbers.ts";

function builtinTypes(): Record<string, Value> {
  const named: PyType[] = [
    types.boolType,
    types.memoryviewType,
    types.bytearrayType,
    types.bytesType,
    types.classMethodType,
    types.complexType,
    types.dictType,
    enumerateType,
    filterType,
    types.floatType,
    types.frozensetType,
    types.propertyType,
    types.intType,
    types.listType,
    mapType,
    objectType,
    types.rangeType,
    reversedType,
    types.setType,
    types.sliceType,
    types.staticMethodType,
    types.strType,
    types.superType,
    types.tupleType,
    typeType,
    zipType,
  ];
  return Object.fromEntries(named.map((type) => [type.name, type]));
}
function exceptionTypes(): Record<string, Value> {
  const result: Record<string, Value> = {};
  for (const type of Object.values(exceptions)) result[type.name] = type;
  result.ExceptionGroup = exceptionGroupType;
  result.EnvironmentError = exceptions.osErrorType;
  result.IOError = exceptions.osErrorType;
  return result;
}

export const builtinsModule = newModule("builtins", {
  doc: "Built-in functions, types, exceptions, and other objects.",
  functions: () => ({
    ...classFunctions(),
    ...evaluationFunctions(),
    ...attributeFunctions(),
    ...iterationFunctions(),
    ...numberFunctions(),
    ...ioFunctions(),
  }),
  attributes: () => ({
    None: null,
    Ellipsis,
    NotImplemented,
    False: false,
    True: true,
    ...builtinTypes(),
    __debug__: true,
    ...exceptionTypes(),
  }),
});
