/** The type `bool`. */
import {
  EXC,
  type Int,
  type KwNames,
  MATCH_SELF,
  PLAIN_ARITHMETIC,
  type PyType,
  type Result,
  type Value,
} from "../core.ts";
import { defineType, parseArgs, signature } from "../define.ts";
import { typeError } from "../errors.ts";
import "../int/type.ts";
import { isTrue } from "../protocol/object.ts";
import { issueDeprecation } from "../protocol/warn.ts";
import { boolType, intType } from "../types.ts";

const NEW = signature("(object=False, /)");

function boolNew(_cls: PyType, args: Value[], kwnames: KwNames): Result {
  if (kwnames !== null && kwnames.length > 0) return typeError("bool() takes no keyword arguments");
  const bound = parseArgs(NEW, "bool", args, null);
  if (bound === EXC) return EXC;
  return bound[0] === undefined ? false : isTrue(bound[0] as Value);
}

type Slot = (a: Value, b: Value) => Result;

/** Two bools give a bool; everything else is int's affair. */
function logical(compute: (a: boolean, b: boolean) => boolean, slot: "nb_and" | "nb_or" | "nb_xor"): Slot {
  return (a, b) => {
    if (typeof a === "boolean" && typeof b === "boolean") return compute(a, b);
    return (intType[slot] as Slot)(a, b);
  };
}

function invert(self: boolean): Result {
  const status = issueDeprecation(
    "Bitwise inversion '~' on bool is deprecated and will be removed in Python 3.16. This returns the bitwise " +
      "inversion of the underlying int object and is usually not what you expect from negating a bool. Use the 'not' " +
      "operator for boolean negation or ~int(x) if you really want the bitwise inversion of the underlying int.",
  );
  if (status === EXC) return EXC;
  const result: Int = self ? -2 : -1;
  return result;
}

defineType(boolType, {
  doc:
    "Returns True when the argument is true, False otherwise.\n\n" +
    "The builtins True and False are the only two instances of the class bool.\n" +
    "The class bool is a subclass of the class int, and cannot be subclassed.",
  textSignature: "(object=False, /)",
  base: intType,
  flags: MATCH_SELF | PLAIN_ARITHMETIC,
  slots: {
    tp_new: boolNew,
    tp_repr: (self: boolean) => (self ? "True" : "False"),
    nb_invert: invert,
    nb_and: logical((a, b) => a && b, "nb_and"),
    nb_or: logical((a, b) => a || b, "nb_or"),
    nb_xor: logical((a, b) => a !== b, "nb_xor"),
  },
});
