/** What all types of `itertools` share: an object with `next`, and the declaration of its type. */
import {
  BASETYPE,
  type End,
  type Exc,
  type KwNames,
  PyObject,
  PyType,
  type Result,
  type Value,
  typeType,
} from "../../objects/core.ts";
import { defineType } from "../../objects/define.ts";
import type { NativeDef } from "../../objects/native.ts";
import { withAttributes } from "../../objects/with-attributes.ts";
import { typeError } from "../../objects/errors.ts";

class Base extends PyObject {
  constructor(cls: PyType) {
    super(cls.shapes);
  }
}
/** An iterator that Python classes may derive from. */
export abstract class Itertool extends withAttributes(Base) {
  abstract next(): Value | End | Exc;
}

export interface ItertoolSpec {
  doc: string;
  textSignature?: string;
  /** Makes an instance of `cls`, which is the type or a subclass. */
  make: (cls: PyType, args: Value[], kwnames: KwNames) => Result;
  /** A bare instance, for layout's sake; never seen by programs. */
  alloc?: (cls: PyType) => PyObject;
  repr?: (self: never) => Result;
  methods?: () => Record<string, NativeDef>;
  flags?: number;
}

/* @__NO_SIDE_EFFECTS__ */
export function itertool(name: string, spec: ItertoolSpec): PyType {
  return defineType(new PyType(name, typeType), {
    module: "itertools",
    doc: spec.doc,
    textSignature: spec.textSignature,
    flags: spec.flags ?? BASETYPE,
    slots: {
      tp_new: spec.make,
      tp_alloc: spec.alloc ?? ((cls) => new Base(cls)),
      tp_iter: (self: Itertool) => self,
      tp_iternext: (self: Itertool) => self.next(),
      ...(spec.repr === undefined ? {} : { tp_repr: spec.repr }),
    },
    methods: spec.methods,
  });
}

/**
 * The arguments of a type that takes no keywords. A subclass with an `__init__` of its own may: they are ignored here.
 */
export function positionalOnly(
  type: PyType,
  cls: PyType,
  args: Value[],
  kwnames: KwNames,
  least: number,
  most = least,
): Value[] | Exc {
  const name = type.qualname;
  if (kwnames !== null && kwnames.length > 0) {
    if (cls === type || cls.tp_init === type.tp_init) return typeError(`${name}() takes no keyword arguments`);
    return positionalOnly(type, cls, args.slice(0, args.length - kwnames.length), null, least, most);
  }
  if (args.length < least || args.length > most) {
    const bound = least === most ? "" : args.length < least ? "at least " : "at most ";
    const wanted = args.length < least ? least : most;
    return typeError(`${name} expected ${bound}${wanted} argument${wanted === 1 ? "" : "s"}, got ${args.length}`);
  }
  return args;
}
