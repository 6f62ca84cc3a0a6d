/** The types of None, Ellipsis and NotImplemented. */
import { EQ, NE, type CompareOp, type KwNames, type PyType, type Result, type Value } from "./core.ts";
import { defineType, method } from "./define.ts";
import { typeError } from "./errors.ts";
import { Ellipsis, NotImplemented } from "./singletons.ts";
import { ellipsisType, noneType, notImplementedType } from "./types.ts";

/** `type(None)()` gives None itself. */
const give =
  (name: string, singleton: Value) =>
  (_cls: PyType, args: Value[], kwnames: KwNames): Result =>
    args.length > 0 || (kwnames !== null && kwnames.length > 0) ? typeError(`${name} takes no arguments`) : singleton;

/** Any constant does; this one is CPython's. */
const HASH_OF_NONE = 4238894112;

defineType(noneType, {
  doc: "The type of the None singleton.",
  textSignature: "()",
  slots: {
    tp_new: give("NoneType", null),
    tp_repr: () => "None",
    tp_hash: () => HASH_OF_NONE,
    tp_richcompare: (a: Value, b: Value, op: CompareOp) =>
      (op === EQ || op === NE) && b === null ? (a === b) === (op === EQ) : NotImplemented,
    nb_bool: () => false,
  },
});

defineType(ellipsisType, {
  doc: "The type of the Ellipsis singleton.",
  textSignature: "()",
  slots: { tp_new: give("EllipsisType", Ellipsis), tp_repr: () => "Ellipsis" },
  methods: () => ({ __reduce__: method("($self, /)", () => "Ellipsis") }),
});

defineType(notImplementedType, {
  doc: "The type of the NotImplemented singleton.",
  textSignature: "()",
  slots: {
    tp_new: give("NotImplementedType", NotImplemented),
    tp_repr: () => "NotImplemented",
    nb_bool: () => typeError("NotImplemented should not be used in a boolean context"),
  },
  methods: () => ({ __reduce__: method("($self, /)", () => "NotImplemented") }),
});
