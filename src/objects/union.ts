/** `typing.Union`: `int | str`. Source: PEP 604. */
import {
  type CompareOp,
  DISALLOW_INSTANTIATION,
  EQ,
  EXC,
  type Exc,
  HAS_WEAKREF,
  type Int,
  NE,
  PyObject,
  PyType,
  type Result,
  type Value,
} from "./core.ts";
import { classMethod, defineType, getset, method } from "./define.ts";
import { catches, clearException, raise, typeError } from "./errors.ts";
import { typeErrorType } from "./exceptions/types.ts";
import { PyGenericAlias, typeRepr } from "./generic-alias.ts";
import { callImported } from "./import-hook.ts";
import { concat } from "./message.ts";
import { equals, getAttr, hash, isInstance, isSubclass, repr } from "./protocol/object.ts";
import { type PySet, newFrozenset } from "./set.ts";
import { NotImplemented } from "./singletons.ts";
import type { Str } from "./str/astral.ts";
import { PyTuple, newTuple } from "./tuple.ts";
import { instanceGetAttr } from "./type/instance-attributes.ts";
import { PyTypeAlias } from "./typing/layouts.ts";
import { parametersOf, substitute } from "./type-parameters.ts";
import { noneType, unionType } from "./types.ts";
import { strValue } from "./values.ts";

export class PyUnion extends PyObject {
  parameters: PyTuple | null = null;

  constructor(
    readonly args: PyTuple,
    /** The arguments that can be hashed, for comparison; the others are compared one by one. */
    readonly hashable: PySet,
    readonly unhashable: readonly Value[],
  ) {
    super(unionType.shapes);
  }
}

/** Gathers arguments: unions are flattened, None becomes its type, what is there already is dropped. */
class UnionBuilder {
  private readonly args: Value[] = [];
  private readonly hashable = newFrozenset();
  private readonly unhashable: Value[] = [];

  /** `checked`: arguments are those of `Union[…]`, to be judged by `typing`. */
  constructor(private readonly checked: boolean) {}

  addAll(items: readonly Value[]): null | Exc {
    for (const item of items) if (this.add(item) === EXC) return EXC;
    return null;
  }
  add(item: Value): null | Exc {
    if (item === null) return this.addOne(noneType);
    if (item instanceof PyUnion) return this.addAll(item.args.items);
    if (strValue(item) !== undefined) {
      const reference = callImported("typing", "_make_forward_ref", [item]);
      return reference === EXC ? EXC : this.addOne(reference);
    }
    if (this.checked && !(item instanceof PyType) && !(item instanceof PyGenericAlias)) {
      const judged = callImported("typing", "_type_check", [item, "Union[arg, ...]: each arg must be a type."]);
      return judged === EXC ? EXC : this.addOne(judged);
    }
    return this.addOne(item);
  }
  private addOne(item: Value): null | Exc {
    const known = hash(item) === EXC ? this.knownUnhashable(item) : this.hashable.has(item);
    if (known === EXC) return EXC;
    if (known) return null;
    this.args.push(item);
    if (this.unhashable[this.unhashable.length - 1] === item) return null;
    return this.hashable.add(item);
  }
  /** Is an equal argument there? If not, `item` is noted among the unhashable ones. */
  private knownUnhashable(item: Value): boolean | Exc {
    if (!catches(typeErrorType)) return EXC;
    clearException();
    for (const other of this.unhashable) {
      const same = equals(item, other);
      if (same !== false) return same;
    }
    this.unhashable.push(item);
    return false;
  }

  finish(): Result {
    if (this.args.length === 0) return typeError("Cannot take a Union of no types.");
    if (this.args.length === 1) return this.args[0];
    return new PyUnion(newTuple(this.args), this.hashable, this.unhashable);
  }
}

/** `Union[items]`. */
export function unionOf(items: readonly Value[], checked = true): Result {
  const builder = new UnionBuilder(checked);
  return builder.addAll(items) === EXC ? EXC : builder.finish();
}

function isUnionable(value: Value): boolean {
  return (
    value === null ||
    value instanceof PyType ||
    value instanceof PyGenericAlias ||
    value instanceof PyUnion ||
    value instanceof PyTypeAlias
  );
}
/** `a | b` of types: `nb_or` of `type`, generic aliases, unions and type variables. */
export function unionOr(a: Value, b: Value): Result {
  return isUnionable(a) && isUnionable(b) ? unionOf([a, b], false) : NotImplemented;
}
/** The same for type variables, whose other operand may be anything that `typing` accepts. */
export function unionOrChecked(a: Value, b: Value): Result {
  return unionOf([a, b]);
}

// ── behaviour ──────────────────────────────────────────────────────────────────────────────────────────────
function unionRepr(self: PyUnion): Str | Exc {
  const parts: Str[] = [];
  for (const arg of self.args.items) {
    const text = typeRepr(arg);
    if (text === EXC) return EXC;
    if (parts.length > 0) parts.push(" | ");
    parts.push(text);
  }
  return concat(...parts);
}
function unionHash(self: PyUnion): Int | Exc {
  // Raises the error of the first argument that has no hash.
  for (const arg of self.unhashable) if (hash(arg) === EXC) return EXC;
  // They can be hashed now, but could not when the union was made.
  const count = self.unhashable.length;
  if (count > 0) return typeError(`union contains ${count} unhashable element${count === 1 ? "" : "s"}`);
  return hash(self.hashable);
}
function unionCompare(a: PyUnion, b: Value, op: CompareOp): Result {
  if (!(b instanceof PyUnion) || (op !== EQ && op !== NE)) return NotImplemented;
  const same = sameArguments(a, b);
  return same === EXC ? EXC : same === (op === EQ);
}
function sameArguments(a: PyUnion, b: PyUnion): boolean | Exc {
  if (a.unhashable.length !== b.unhashable.length) return false;
  const hashable = equals(a.hashable, b.hashable);
  if (hashable !== true) return hashable;
  for (const item of a.unhashable) {
    let found: boolean | Exc = false;
    for (const other of b.unhashable) {
      found = equals(item, other);
      if (found !== false) break;
    }
    if (found !== true) return found;
  }
  return true;
}
function unionParameters(self: PyUnion): PyTuple | Exc {
  if (self.parameters === null) {
    const parameters = parametersOf(self.args);
    if (parameters === EXC) return EXC;
    self.parameters = parameters;
  }
  return self.parameters;
}
function unionSubscript(self: PyUnion, item: Value): Result {
  const parameters = unionParameters(self);
  if (parameters === EXC) return EXC;
  const args = substitute(self, self.args, parameters, item);
  return args === EXC ? EXC : unionOf(args.items);
}

/** `isinstance(o, int | str)`: as a tuple of the members. */
function check(self: PyUnion, test: (member: Value) => boolean | Exc): boolean | Exc {
  for (const member of self.args.items) {
    const answer = test(member);
    if (answer !== false) return answer;
  }
  return false;
}

defineType(unionType, {
  module: "typing",
  doc: "A union type: one of several types.",
  flags: DISALLOW_INSTANTIATION | HAS_WEAKREF,
  slots: {
    tp_repr: unionRepr,
    tp_hash: unionHash,
    tp_richcompare: unionCompare,
    tp_getattro: (self: PyUnion, name: string) =>
      name === "__module__" ? getAttr(unionType, name) : instanceGetAttr(self, name),
    nb_or: unionOrChecked,
    mp_subscript: unionSubscript,
  },
  methods: () => ({
    __mro_entries__: method("($self, object, /)", (self: PyUnion) => {
      const text = repr(self);
      return text === EXC ? EXC : raise(typeErrorType, concat("Cannot subclass ", text));
    }),
    __class_getitem__: classMethod("($type, object, /)", (_cls: PyType, item: Value) =>
      unionOf(item instanceof PyTuple ? item.items : [item]),
    ),
    __instancecheck__: method("($self, object, /)", (self: PyUnion, o: Value) =>
      check(self, (member) => isInstance(o, member)),
    ),
    __subclasscheck__: method("($self, object, /)", (self: PyUnion, cls: Value) =>
      check(self, (member) => isSubclass(cls, member)),
    ),
  }),
  members: () => ({ __args__: (self: PyUnion) => self.args }),
  getset: () => ({
    __name__: getset(() => "Union"),
    __qualname__: getset(() => "Union"),
    __origin__: getset(() => unionType),
    __parameters__: getset(unionParameters),
  }),
});

/** `a | b` where `a` or `b` is a class. */
export function newUnion(a: Value, b: Value): Result {
  return unionOr(a, b);
}
