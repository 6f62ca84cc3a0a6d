/** `_tuplegetter`: the descriptor of a named tuple's fields. */
import {
  EXC,
  PyObject,
  PyType,
  type KwNames,
  type Result,
  type Status,
  type Value,
  typeType,
} from "../../objects/core.ts";
import { defineType, getset, method, parseArgs, signature } from "../../objects/define.ts";
import { indexError, raise, typeError } from "../../objects/errors.ts";
import { attributeErrorType } from "../../objects/exceptions/types.ts";
import { asSize } from "../../objects/protocol/convert.ts";
import { repr } from "../../objects/protocol/object.ts";
import { strConcatAll } from "../../objects/str/astral.ts";
import { PyTuple, newTuple } from "../../objects/tuple.ts";
import { typeOf } from "../../objects/types.ts";

export const tupleGetterType = new PyType("_tuplegetter", typeType);

export class PyTupleGetter extends PyObject {
  constructor(
    readonly index: number,
    public doc: Value,
  ) {
    super(tupleGetterType.shapes);
  }
}

const NEW = signature("(index, doc, /)");
function getterNew(_cls: PyType, args: Value[], kwnames: KwNames): Result {
  const bound = parseArgs(NEW, "_tuplegetter", args, kwnames);
  if (bound === EXC) return EXC;
  const [index, doc] = bound as [Value, Value];
  const at = asSize(index);
  return at === EXC ? EXC : new PyTupleGetter(at, doc);
}

function get(self: PyTupleGetter, obj: Value | undefined): Result {
  if (obj === undefined) return self;
  if (!(obj instanceof PyTuple)) {
    // `None` is what the class look-up passes.
    if (obj === null) return self;
    return typeError(
      `descriptor for index '${self.index}' for tuple subclasses doesn't apply to '${typeOf(obj).name}' object`,
    );
  }
  const item = obj.items[self.index];
  return item === undefined ? indexError("tuple index out of range") : item;
}

function set(_self: PyTupleGetter, _obj: Value, value: Value | undefined): Status {
  return raise(attributeErrorType, value === undefined ? "can't delete attribute" : "can't set attribute");
}

defineType(tupleGetterType, {
  module: "collections",
  slots: {
    tp_new: getterNew,
    tp_repr: (self: PyTupleGetter) => {
      const doc = repr(self.doc);
      return doc === EXC ? EXC : strConcatAll([`_tuplegetter(${self.index}, `, doc, ")"]);
    },
    tp_descr_get: get,
    tp_descr_set: set,
  },
  methods: () => ({
    __reduce__: method("($self, /)", (self: PyTupleGetter) =>
      newTuple([tupleGetterType, newTuple([self.index, self.doc])]),
    ),
  }),
  getset: () => ({
    __doc__: getset(
      (self: PyTupleGetter) => self.doc,
      (self: PyTupleGetter, value: Value | undefined) => {
        self.doc = value ?? null;
        return null;
      },
    ),
  }),
});
