/**
 * `_testlimitedcapi`: what CPython's own tests call of the C API's protocols, over ours. There is no C API here; only
 * functions that have a counterpart exist, so that `test_bytes` and its like can be imported and mean something.
 */
import { EXC, type Result, type Value } from "../../objects/core.ts";
import { fn, newModule } from "../../objects/define.ts";
import { PyBytes } from "../../objects/bytes.ts";
import { typeError } from "../../objects/errors.ts";
import { asSize } from "../../objects/protocol/convert.ts";
import { call } from "../../objects/protocol/call.ts";
import { getAttr, hasAttr } from "../../objects/protocol/object.ts";
import { sequenceItem } from "../../objects/protocol/sequence.ts";
import { typeOf } from "../../objects/types.ts";

/** `PySequence_SetItem` and `PySequence_DelItem`: negative indices count from the end. */
function store(sequence: Value, index: Value, value: Value | undefined): Result {
  const type = typeOf(sequence);
  const given = asSize(index);
  if (given === EXC) return EXC;
  if (type.sq_ass_item === null) {
    const what = value === undefined ? "doesn't support item deletion" : "does not support item assignment";
    return typeError(`'${type.name}' object ${what}`);
  }
  let at = given;
  if (at < 0 && type.sq_length !== null) {
    const length = type.sq_length(sequence);
    if (length === EXC) return EXC;
    at += length;
  }
  return type.sq_ass_item(sequence, at, value) === EXC ? EXC : 0;
}

export const _testlimitedcapiModule = newModule("_testlimitedcapi", {
  functions: () => ({
    // The assertions of CPython's own C code.
    _py_getbuiltwithassert: fn("($module, /)", () => 0),
    sequence_getitem: fn("($module, sequence, index, /)", (sequence: Value, index: Value) => {
      const at = asSize(index);
      return at === EXC ? EXC : sequenceItem(sequence, at);
    }),
    sequence_setitem: fn("($module, sequence, index, value, /)", store),
    sequence_delitem: fn("($module, sequence, index, /)", (sequence: Value, index: Value) =>
      store(sequence, index, undefined),
    ),
    call_vectorcall: fn("($module, callable, /)", (callable: Value) => call(callable, ["foo", "bar"], ["baz"])),
    call_vectorcall_method: fn("($module, object, /)", (object: Value) => {
      const f = getAttr(object, "f");
      return f === EXC ? EXC : call(f, ["foo", "bar"], ["baz"]);
    }),
    object_hasattrstring: fn("($module, object, name, /)", (object: Value, name: Value) => {
      if (!(name instanceof PyBytes)) return typeError("a bytes name is required");
      const found = hasAttr(object, name.latin1);
      return found === EXC ? EXC : found ? 1 : 0;
    }),
  }),
});
