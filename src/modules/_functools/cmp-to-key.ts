/** `functools.cmp_to_key`. */
import {
  type CompareOp,
  DISALLOW_INSTANTIATION,
  EXC,
  type KwNames,
  PyObject,
  PyType,
  type Result,
  type Value,
  typeType,
} from "../../objects/core.ts";
import { defineType, getset, parseArgs, signature } from "../../objects/define.ts";
import { typeError } from "../../objects/errors.ts";
import { attributeError } from "../../objects/errors.ts";
import { call2 } from "../../objects/protocol/call.ts";
import { richCompare } from "../../objects/protocol/object.ts";
import { hashNotImplemented } from "../../objects/type/hash-not-implemented.ts";

const keyWrapperType = new PyType("KeyWrapper", typeType);

/** The key function, and with `object` set the key of that object. */
class PyKeyWrapper extends PyObject {
  constructor(
    readonly compare: Value,
    public object: Value | undefined,
  ) {
    super(keyWrapperType.shapes);
  }
}

const CALL = signature("(obj)");
function callKey(self: PyKeyWrapper, args: Value[], kwnames: KwNames): Result {
  if (args.length > 1) return typeError(`K() takes at most 1 argument (${args.length} given)`);
  const bound = parseArgs(CALL, "K", args, kwnames);
  return bound === EXC ? EXC : new PyKeyWrapper(self.compare, bound[0] as Value);
}

function compareKeys(a: PyKeyWrapper, b: Value, op: CompareOp): Result {
  if (!(b instanceof PyKeyWrapper)) return typeError("other argument must be K instance");
  if (a.object === undefined || b.object === undefined) return attributeError("object", a, "object");
  const order = call2(a.compare, a.object, b.object);
  return order === EXC ? EXC : richCompare(order, 0, op);
}

defineType(keyWrapperType, {
  module: "functools",
  flags: DISALLOW_INSTANTIATION,
  slots: { tp_new: null, tp_call: callKey, tp_richcompare: compareKeys, tp_hash: hashNotImplemented },
  getset: () => ({
    __text_signature__: getset(() => "(obj)"),
    obj: getset(
      (self: PyKeyWrapper) => self.object ?? null,
      (self: PyKeyWrapper, value: Value | undefined) => {
        self.object = value;
        return null;
      },
      "Value wrapped by a key function.",
    ),
  }),
});

export function cmpToKey(compare: Value): Value {
  return new PyKeyWrapper(compare, undefined);
}
