/**
 * The builtin types that the kernel itself mentions, as bare objects: each is filled in (slots, methods) by the file
 * named after it. Declared apart so that `typeOf`, attribute look-up and errors need none of those files.
 */
import { PyType, type Value, objectType, typeType } from "./core.ts";

const bare = (name: string, base: PyType = objectType): PyType => {
  const type = new PyType(name, typeType);
  type.base = base;
  return type;
};

export const noneType = bare("NoneType");
export const intType = bare("int");
export const boolType = bare("bool", intType);
export const floatType = bare("float");
export const complexType = bare("complex");
export const strType = bare("str");
export const bytesType = bare("bytes");
export const bytearrayType = bare("bytearray");
export const memoryviewType = bare("memoryview");
export const tupleType = bare("tuple");
export const listType = bare("list");
export const dictType = bare("dict");
export const setType = bare("set");
export const frozensetType = bare("frozenset");
export const rangeType = bare("range");
export const sliceType = bare("slice");
export const ellipsisType = bare("ellipsis");
export const notImplementedType = bare("NotImplementedType");
export const moduleType = bare("module");
export const functionType = bare("function");
export const methodType = bare("method");
export const builtinType = bare("builtin_function_or_method");
export const methodDescriptorType = bare("method_descriptor");
export const classMethodDescriptorType = bare("classmethod_descriptor");
export const wrapperDescriptorType = bare("wrapper_descriptor");
export const methodWrapperType = bare("method-wrapper");
export const getSetDescriptorType = bare("getset_descriptor");
export const memberDescriptorType = bare("member_descriptor");
export const propertyType = bare("property");
export const classMethodType = bare("classmethod");
export const staticMethodType = bare("staticmethod");
export const superType = bare("super");
export const codeType = bare("code");
export const cellType = bare("cell");
export const frameType = bare("frame");
export const tracebackType = bare("traceback");
export const generatorType = bare("generator");
export const coroutineType = bare("coroutine");
export const asyncGeneratorType = bare("async_generator");
export const asyncGenWrappedType = bare("async_generator_wrapped_value");
export const mappingProxyType = bare("mappingproxy");
export const unionType = bare("Union");
export const baseExceptionType = bare("BaseException");

/** `type` itself; a function, so that files in an import cycle can use it early. */
export function typeTypeOf(): PyType {
  return typeType;
}

/** `type(value)`. Comparisons, because V8 makes a call of `switch (typeof value)`. */
export function typeOf(value: Value): PyType {
  if (typeof value === "object") return value === null ? noneType : value.shape.cls;
  if (typeof value === "number" || typeof value === "bigint") return intType;
  return typeof value === "string" ? strType : boolType;
}
