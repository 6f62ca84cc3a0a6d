/** `_json.Scanner` (`make_scanner`): reads one JSON value from a str. */
import { EXC, type KwNames, PyObject, type PyType, type Result, type Value } from "../../objects/core.ts";
import { newType, parseArgs, signature } from "../../objects/define.ts";
import { raiseArgs, typeError, valueError } from "../../objects/errors.ts";
import { stopIterationType } from "../../objects/exceptions/types.ts";
import { getAttr, isTrue } from "../../objects/protocol/object.ts";
import { newTuple } from "../../objects/tuple.ts";
import { typeOf } from "../../objects/types.ts";
import { strValue } from "../../objects/values.ts";
import { asSsize } from "../support/arguments.ts";
import { type Hooks, Reader } from "./reader.ts";

class PyScanner extends PyObject implements Hooks {
  constructor(
    cls: PyType,
    readonly strict: boolean,
    readonly objectHook: Value,
    readonly objectPairsHook: Value,
    readonly parseFloat: Value,
    readonly parseInt: Value,
    readonly parseConstant: Value,
  ) {
    super(cls.shapes);
  }
}

const NEW = signature("(context)");
const CALL = signature("(string, idx)");

function scannerNew(cls: PyType, args: Value[], kwnames: KwNames): Result {
  const bound = parseArgs(NEW, "make_scanner", args, kwnames);
  if (bound === EXC) return EXC;
  const context = bound[0] as Value;
  const fields: Value[] = [];
  for (const name of ["strict", "object_hook", "object_pairs_hook", "parse_float", "parse_int", "parse_constant"]) {
    const field = getAttr(context, name);
    if (field === EXC) return EXC;
    fields.push(field);
  }
  const strict = isTrue(fields[0]);
  if (strict === EXC) return EXC;
  return new PyScanner(cls, strict, fields[1], fields[2], fields[3], fields[4], fields[5]);
}

function scannerCall(self: PyScanner, args: Value[], kwnames: KwNames): Result {
  const bound = kwnames === null && args.length === 2 ? args : parseArgs(CALL, "scan_once", args, kwnames);
  if (bound === EXC) return EXC;
  const index = asSsize(bound[1] as Value);
  if (index === EXC) return EXC;
  const text = strValue(bound[0] as Value);
  if (text === undefined) return typeError(`first argument must be a string, not ${typeOf(bound[0] as Value).name}`);
  if (index < 0) return valueError("idx cannot be negative");
  if (index >= text.length) return raiseArgs(stopIterationType, index);
  const reader = new Reader(self, text);
  const value = reader.read(index);
  return value === EXC ? EXC : newTuple([value, reader.end]);
}

export const scannerType = newType("Scanner", {
  module: "_json",
  doc: "JSON scanner object",
  slots: { tp_new: scannerNew, tp_call: scannerCall },
  members: () => ({
    strict: (self: PyScanner) => self.strict,
    object_hook: (self: PyScanner) => self.objectHook,
    object_pairs_hook: (self: PyScanner) => self.objectPairsHook,
    parse_float: (self: PyScanner) => self.parseFloat,
    parse_int: (self: PyScanner) => self.parseInt,
    parse_constant: (self: PyScanner) => self.parseConstant,
  }),
});
