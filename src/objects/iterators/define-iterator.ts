/** Declares an iterator's type: every one has the same slots and the same few methods. */
import {
  DISALLOW_INSTANTIATION,
  EXC,
  type End,
  type Exc,
  type Int,
  type PyObject,
  type PyType,
  type Result,
  type Value,
} from "../core.ts";
import { defineType, method } from "../define.ts";
import { attributeError, typeError } from "../errors.ts";
import { asIndex } from "../protocol/convert.ts";
import { rt } from "../runtime.ts";
import { newTuple } from "../tuple.ts";
import { typeOf } from "../types.ts";
import type { NativeDef } from "../native.ts";

interface Iterating extends PyObject {
  next(): Value | End | Exc;
}
export interface IteratorSpec {
  module?: string;
  flags?: number;
  /** `__length_hint__`. */
  hint?: (self: never) => number | Exc;
  /** `__reduce__`. */
  reduce?: (self: never) => Result;
  /** `__setstate__` with the index, which may be beyond either end. */
  setIndex?: (self: never, index: Int) => void;
}

export function defineIterator(type: PyType, spec: IteratorSpec): PyType {
  return defineType(type, {
    module: spec.module,
    flags: DISALLOW_INSTANTIATION | (spec.flags ?? 0),
    slots: { tp_new: null, tp_iter: (self: PyObject) => self, tp_iternext: (self: Iterating) => self.next() },
    methods: () => iteratorMethods(spec),
  });
}

export function iteratorMethods(spec: IteratorSpec): Record<string, NativeDef> {
  const methods: Record<string, NativeDef> = {};
  if (spec.hint !== undefined) {
    methods.__length_hint__ = method("($self, /)", spec.hint, "Private method returning an estimate of len(list(it)).");
  }
  if (spec.reduce !== undefined) {
    methods.__reduce__ = method("($self, /)", spec.reduce, "Return state information for pickling.");
  }
  const { setIndex } = spec;
  if (setIndex !== undefined) {
    const implementation = (self: never, state: Value): Result => {
      if (typeOf(state).nb_index === null) return typeError("an integer is required");
      const index = asIndex(state);
      if (index === EXC) return EXC;
      setIndex(self, index);
      return null;
    };
    methods.__setstate__ = method("($self, object, /)", implementation, "Set state information for unpickling.");
  }
  return methods;
}

/** A function of `builtins`, as `__reduce__` names it. */
export function builtinFunction(name: string): Result {
  const value = rt.builtins.getStr(name);
  return value ?? attributeError(`module 'builtins' has no attribute '${name}'`, null, name);
}

/** `(builtins.name, (argument,))`, with the state when given: what `__reduce__` returns. */
export function reduceTo(name: string, argument: Value, state?: Value): Result {
  return reduceWith(name, () => [argument, state]);
}
/** The same; the argument and the state are asked for after the look-up, which may run Python code. */
export function reduceWith(name: string, parts: () => [argument: Value, state?: Value]): Result {
  const maker = builtinFunction(name);
  if (maker === EXC) return EXC;
  const [argument, state] = parts();
  return newTuple(state === undefined ? [maker, newTuple([argument])] : [maker, newTuple([argument]), state]);
}
