/**
 * The kernel of the object model: what a Python value is in JavaScript, and the three classes that everything
 * else is made of: object, shape, type. They need each other, so they share this file; nothing else lives here.
 *
 * Values (reasons and measurements: docs/objects.md):
 *   None → null, bool → true/false, int → number (safe integers) or bigint (all others), str → string when every
 *   UTF-16 unit is one code point, else an `AstralStr`; all else, `float` included, is a `PyObject`.
 *   `undefined` is no Python value: it says "unbound" or "not given" (C's NULL).
 */
import type { Mutable } from "./utility-types.ts";

export type Value = null | boolean | number | bigint | string | PyObject;
export type Int = number | bigint;

/** Returned instead of a value when a Python exception is pending in `rt.exc`. Never stored, never a Value. */
export const EXC: unique symbol = Symbol("exception");
export type Exc = typeof EXC;
/** Returned by `tp_iternext` when the iterator is exhausted (StopIteration without the exception). */
export const END: unique symbol = Symbol("end of iteration");
export type End = typeof END;

export type Result = Value | Exc;
export type Status = null | Exc;

/** A mapping from strings to values: what the kernel needs to know of a dict. `PyDict` implements it. */
export interface Namespace extends PyObject {
  getStr(key: string): Value | undefined;
  setStr(key: string, value: Value): void;
  /** False when the key was absent. */
  delStr(key: string): boolean;
  /** The string keys, in insertion order (keys of other types are skipped). */
  strKeys(): string[];
}

/**
 * What few objects ever need: a number for `id()`, and weak references to the object. Made on first use, and kept by the
 * object itself where its class has a place for it: a WeakMap entry costs V8's collector far more than a field.
 */
export class Identity {
  /** 0: nobody has asked. */
  number = 0;
  /** Null: there has been none. */
  weakrefs: WeakRef<PyObject>[] | null = null;
}

/** Every Python object that is no JavaScript primitive. `shape.cls` is its type. */
export abstract class PyObject {
  constructor(public shape: Shape) {}
  /** The instance `__dict__`; undefined where the object has none. Not created unless `create`. */
  getDict(_create: boolean): Namespace | undefined {
    return undefined;
  }
  /** Replaces the instance `__dict__`; false where the object cannot have one. */
  setDict(_dict: Namespace): boolean {
    return false;
  }
  /** A `__slots__` member of a class written in Python, by index. */
  getMember(_index: number): Value | undefined {
    return undefined;
  }
  setMember(_index: number, _value: Value | undefined): void {}
  /** The object's identity, made on first use; undefined where objects of its kind have no place for it. */
  getIdentity(): Identity | undefined {
    return undefined;
  }
}

/** Fields above this number are never float fields: `Shape.floats` has no bit for them. */
const LAST_FLOAT_FIELD = 30;

/**
 * The layout of an instance: which attribute lives in which field. All instances with the same class and the same
 * attributes in the same order share one shape, so one comparison guards class and layout at once.
 *
 * A field's number: 0–7 are `s0`…`s7` (as far as the instance has them), 8 and above are `rest[number - 7]`;
 * `rest[0]` holds the `__dict__` of an instance in dictionary mode, else its `Identity` if it has one.
 *
 * A field is of one of two kinds. A float field holds a raw JavaScript number that stands for an exact float; all other
 * fields hold values. A NaN is never raw: it is equal to itself only by being the same object. An attribute gets a float
 * field when the first value stored under its name is a float, and stays so as long as only floats come: the first
 * other value makes the transition one to an ordinary field, for good. See docs/decisions/0040-raw-doubles.md.
 */
export class Shape {
  /** Attribute → field number. Empty in dictionary mode. */
  readonly fields: Map<string, number>;
  /** Attribute names in order of insertion. */
  readonly keys: readonly string[];
  private transitions: Map<string, Shape> | null = null;
  private dictionaryShape: Shape | null = null;
  private otherSizes: Map<number, Shape> | null = null;
  /** Of a root: shapes without attributes by their float members. */
  private memberKinds: Map<number, Shape> | null = null;
  /** Of a root: members that have held something else than a float. */
  private mixedMembers = 0;

  constructor(
    readonly cls: PyType,
    /** How many `s` fields the instance has: 0, 2, 4 or 8. */
    readonly inline: number,
    /** Fields taken so far, `__slots__` members included. */
    readonly used: number,
    keys: readonly string[],
    fields: Map<string, number>,
    /** The instance keeps its attributes in a real dict, `rest[0]`. */
    readonly isDictionary: boolean,
    /** A bit for each field that holds a raw double. */
    readonly floats = 0,
  ) {
    this.keys = keys;
    this.fields = fields;
  }

  /** The number of the `index`-th field of an instance with `inline` inline fields. */
  fieldNumber(index: number): number {
    return index < this.inline ? index : 8 + index - this.inline;
  }

  /** Does the field hold a raw double? */
  holdsFloat(field: number): boolean {
    return field <= LAST_FLOAT_FIELD && ((this.floats >>> field) & 1) !== 0;
  }

  /**
   * The shape after adding attribute `name` in the next free field; `isFloat`: its value could be a raw double. The
   * field is a float field only if all values that have come under this name could be.
   */
  with(name: string, isFloat: boolean): Shape {
    const field = this.fieldNumber(this.used);
    const bit = isFloat && field <= LAST_FLOAT_FIELD ? 1 << field : 0;
    const known = this.transitions?.get(name);
    if (known !== undefined && (bit !== 0 || !known.holdsFloat(field))) return known;
    const fields = new Map(this.fields);
    fields.set(name, field);
    const floats = this.floats | bit;
    const next = new Shape(this.cls, this.inline, this.used + 1, [...this.keys, name], fields, false, floats);
    this.transitions ??= new Map();
    this.transitions.set(name, next);
    return next;
  }

  /** The shape of an instance without attributes after a float has come into a `__slots__` member that was not set. */
  withFloatMember(field: number): Shape {
    if (field > LAST_FLOAT_FIELD || this.isDictionary || this.keys.length > 0) return this;
    const root = this.cls.shapes.withInline(this.inline);
    return ((root.mixedMembers >>> field) & 1) !== 0 ? this : root.ofMembers(this.floats | (1 << field));
  }
  private ofMembers(floats: number): Shape {
    if (floats === 0) return this;
    this.memberKinds ??= new Map();
    let shape = this.memberKinds.get(floats);
    if (shape === undefined) {
      shape = new Shape(this.cls, this.inline, this.used, [], new Map(), false, floats);
      this.memberKinds.set(floats, shape);
    }
    return shape;
  }
  /** A member that is no float field has got something else than a float: it will not become one. */
  mixMember(field: number): void {
    if (field <= LAST_FLOAT_FIELD) this.cls.shapes.withInline(this.inline).mixedMembers |= 1 << field;
  }

  /**
   * The shape for the same attributes when float field `field` must hold any value. It may have fewer float fields
   * still, where other instances have needed that: `PyInstance.become` converts.
   */
  generalised(field: number): Shape {
    const root = this.cls.shapes.withInline(this.inline);
    const floats = this.floats & ~(1 << field);
    let members = floats;
    let isMember = true;
    for (const own of this.fields.values()) {
      if (own <= LAST_FLOAT_FIELD) members &= ~(1 << own);
      if (own === field) isMember = false;
    }
    if (isMember) root.mixedMembers |= 1 << field;
    let shape = root.ofMembers(members);
    for (const name of this.keys) {
      const own = this.fields.get(name) as number;
      shape = shape.with(name, own <= LAST_FLOAT_FIELD && ((floats >>> own) & 1) !== 0);
    }
    return shape;
  }

  /** The root shape for objects with another number of inline fields: made as another class, then reassigned. */
  withInline(inline: number): Shape {
    if (inline === this.inline) return this;
    this.otherSizes ??= new Map();
    let other = this.otherSizes.get(inline);
    if (other === undefined) {
      other = new Shape(this.cls, inline, this.used, [], new Map(), false);
      this.otherSizes.set(inline, other);
    }
    return other;
  }

  /** The shape of instances of this class in dictionary mode. */
  dictionary(): Shape {
    if (this.isDictionary) return this;
    const root = this.cls.shapes.withInline(this.inline);
    root.dictionaryShape ??= new Shape(this.cls, this.inline, root.used, [], new Map(), true);
    return root.dictionaryShape;
  }
}

// ── type flags (CPython's Py_TPFLAGS_…, those that mean something here) ────────────────────────────────────────
export const HEAPTYPE = 1 << 9;
export const BASETYPE = 1 << 10;
export const IMMUTABLETYPE = 1 << 8;
export const DISALLOW_INSTANTIATION = 1 << 7;
export const MAPPING = 1 << 6;
export const SEQUENCE = 1 << 5;
export const IS_ABSTRACT = 1 << 20;
export const METHOD_DESCRIPTOR = 1 << 17;
export const MATCH_SELF = 1 << 22;
/** Instances have a `__dict__`. */
export const HAS_DICT = 1 << 4;
export const HAS_WEAKREF = 1 << 3;
/** Instances of this type are `PyInstance`s: no base of it is a builtin with a layout of its own. */
export const PLAIN_LAYOUT = 1 << 24;
/** Arithmetic operators between instances of such types run no Python code and look at no frame. */
export const PLAIN_ARITHMETIC = 1 << 1;

export type CompareOp = 0 | 1 | 2 | 3 | 4 | 5;
export const LT = 0;
export const LE = 1;
export const EQ = 2;
export const NE = 3;
export const GT = 4;
export const GE = 5;

export type KwNames = readonly string[] | null;
export type UnaryFunc = (self: never) => Result;
export type BinaryFunc = (a: never, b: never) => Result;
export type TernaryFunc = (a: never, b: never, c: never) => Result;

/**
 * A type's behaviour, field by field: CPython's slots. `null` where a type has none.
 * Arguments typed `never` accept any declaration; callers go through the functions of `protocol/`.
 * Conventions: a result is a Value or EXC; `Status` is null or EXC; a missing argument is `undefined`;
 * `args` are positional values followed by one value for each name of `kwnames` (PEP 590's vectorcall).
 */
export interface Slots {
  tp_repr: UnaryFunc | null;
  tp_str: UnaryFunc | null;
  /** An int: CPython's `Py_hash_t`, -1 never. `hashNotImplemented` for unhashable types. */
  tp_hash: ((self: never) => Int | Exc) | null;
  tp_call: ((self: never, args: Value[], kwnames: KwNames) => Result) | null;
  tp_getattro: ((self: never, name: string) => Result) | null;
  /** `value` undefined deletes. */
  tp_setattro: ((self: never, name: string, value: Value | undefined) => Status) | null;
  tp_richcompare: ((a: never, b: never, op: CompareOp) => Result) | null;
  tp_iter: UnaryFunc | null;
  tp_iternext: ((self: never) => Value | End | Exc) | null;
  /** `obj` undefined: looked up on the class. */
  tp_descr_get: ((descr: never, obj: Value | undefined, type: PyType) => Result) | null;
  tp_descr_set: ((descr: never, obj: Value, value: Value | undefined) => Status) | null;
  tp_new: ((cls: PyType, args: Value[], kwnames: KwNames) => Result) | null;
  tp_init: ((self: never, args: Value[], kwnames: KwNames) => Status) | null;
  /** Makes the bare JavaScript object for an instance of `cls`, this type or a subclass of it. */
  tp_alloc: ((cls: PyType) => PyObject) | null;
  nb_add: BinaryFunc | null;
  nb_subtract: BinaryFunc | null;
  nb_multiply: BinaryFunc | null;
  nb_remainder: BinaryFunc | null;
  nb_divmod: BinaryFunc | null;
  /** Third argument null (None) when there is no modulus. */
  nb_power: TernaryFunc | null;
  nb_negative: UnaryFunc | null;
  nb_positive: UnaryFunc | null;
  nb_absolute: UnaryFunc | null;
  nb_bool: ((self: never) => boolean | Exc) | null;
  nb_invert: UnaryFunc | null;
  nb_lshift: BinaryFunc | null;
  nb_rshift: BinaryFunc | null;
  nb_and: BinaryFunc | null;
  nb_xor: BinaryFunc | null;
  nb_or: BinaryFunc | null;
  nb_int: UnaryFunc | null;
  nb_float: UnaryFunc | null;
  nb_index: UnaryFunc | null;
  nb_floor_divide: BinaryFunc | null;
  nb_true_divide: BinaryFunc | null;
  nb_matrix_multiply: BinaryFunc | null;
  nb_inplace_add: BinaryFunc | null;
  nb_inplace_subtract: BinaryFunc | null;
  nb_inplace_multiply: BinaryFunc | null;
  nb_inplace_remainder: BinaryFunc | null;
  nb_inplace_power: TernaryFunc | null;
  nb_inplace_lshift: BinaryFunc | null;
  nb_inplace_rshift: BinaryFunc | null;
  nb_inplace_and: BinaryFunc | null;
  nb_inplace_xor: BinaryFunc | null;
  nb_inplace_or: BinaryFunc | null;
  nb_inplace_floor_divide: BinaryFunc | null;
  nb_inplace_true_divide: BinaryFunc | null;
  nb_inplace_matrix_multiply: BinaryFunc | null;
  sq_length: ((self: never) => number | Exc) | null;
  sq_concat: BinaryFunc | null;
  sq_repeat: ((self: never, count: number) => Result) | null;
  /** Negative indices have had the length added already. */
  sq_item: ((self: never, index: number) => Result) | null;
  sq_ass_item: ((self: never, index: number, value: Value | undefined) => Status) | null;
  sq_contains: ((self: never, item: Value) => boolean | Exc) | null;
  sq_inplace_concat: BinaryFunc | null;
  sq_inplace_repeat: ((self: never, count: number) => Result) | null;
  mp_length: ((self: never) => number | Exc) | null;
  mp_subscript: BinaryFunc | null;
  mp_ass_subscript: ((self: never, key: Value, value: Value | undefined) => Status) | null;
  am_await: UnaryFunc | null;
  am_aiter: UnaryFunc | null;
  am_anext: UnaryFunc | null;
  /** Buffer protocol: see `buffer.ts`. */
  bf_getbuffer: ((self: never, flags: number) => PyObject | Exc) | null;
}
export type SlotName = keyof Slots;

export const SLOT_NAMES: readonly SlotName[] = [
  "tp_repr",
  "tp_str",
  "tp_hash",
  "tp_call",
  "tp_getattro",
  "tp_setattro",
  "tp_richcompare",
  "tp_iter",
  "tp_iternext",
  "tp_descr_get",
  "tp_descr_set",
  "tp_new",
  "tp_init",
  "tp_alloc",
  "nb_add",
  "nb_subtract",
  "nb_multiply",
  "nb_remainder",
  "nb_divmod",
  "nb_power",
  "nb_negative",
  "nb_positive",
  "nb_absolute",
  "nb_bool",
  "nb_invert",
  "nb_lshift",
  "nb_rshift",
  "nb_and",
  "nb_xor",
  "nb_or",
  "nb_int",
  "nb_float",
  "nb_index",
  "nb_floor_divide",
  "nb_true_divide",
  "nb_matrix_multiply",
  "nb_inplace_add",
  "nb_inplace_subtract",
  "nb_inplace_multiply",
  "nb_inplace_remainder",
  "nb_inplace_power",
  "nb_inplace_lshift",
  "nb_inplace_rshift",
  "nb_inplace_and",
  "nb_inplace_xor",
  "nb_inplace_or",
  "nb_inplace_floor_divide",
  "nb_inplace_true_divide",
  "nb_inplace_matrix_multiply",
  "sq_length",
  "sq_concat",
  "sq_repeat",
  "sq_item",
  "sq_ass_item",
  "sq_contains",
  "sq_inplace_concat",
  "sq_inplace_repeat",
  "mp_length",
  "mp_subscript",
  "mp_ass_subscript",
  "am_await",
  "am_aiter",
  "am_anext",
  "bf_getbuffer",
];

/** How a slot is called by those who do not know the type: the callers' side of `Slots`. */
type Callable<F> = F extends (...args: infer A) => infer R
  ? (...args: { [K in keyof A]: [A[K]] extends [never] ? Value : A[K] }) => R
  : never;
export type CallableSlots = { [K in SlotName]: Callable<NonNullable<Slots[K]>> | null };

/** A Python class. Builtin types are shared by all interpreters of a process and immutable, as CPython's are. */
export class PyType extends PyObject implements CallableSlots {
  name: string;
  qualname: string;
  flags = 0;
  base: PyType | null = null;
  bases: readonly PyType[] = [];
  /** Linearisation, this type first. */
  mro: readonly PyType[] = [];
  /** The class namespace. Set by `makeReady`; use `typeDict(type)`, which does that when needed. */
  dict: Namespace | null = null;
  /** Slots and MRO are there: a native type has been defined, a class has been made. */
  isReady = false;
  /** Definitions of subclasses that came before this type's own. */
  waiting: (() => void)[] | null = null;
  /** Fills `dict` and inherits slots on first use: building every builtin's methods at start-up costs too much. */
  prepare: (() => void) | null = null;
  /** Changes whenever a look-up through this type may give another result. Unique over all types. */
  version = 0;
  /** Memo of MRO look-ups; emptied when `version` changes. `undefined` values memoise absence. */
  readonly lookupCache = new Map<string, Value | undefined>();
  /** Root shape of the instances. */
  shapes: Shape;
  /** The builtin whose layout instances have: `object` for plain classes. CPython's solid base. */
  solidBase: PyType = this;
  /** Number of `__slots__` members, those of bases included. */
  memberCount = 0;
  doc: string | null = null;
  /** `__module__` of a native type. */
  nativeModule = "builtins";
  textSignature: string | null = null;
  /** Direct subclasses of a class written in Python. */
  subclasses: WeakRef<PyType>[] = [];
  /** How often plain values have been put in each other's place, by name (`type/variables.ts`). */
  variables: Map<string, number> | null = null;
  /** Told of every change of the class's namespace, bases or MRO; null until somebody watches. */
  watchers: (() => void)[] | null = null;
  /** The heap type's `__module__`-independent data for specialisation: cached `__init__`, `__getitem__`. */
  specCache: unknown = null;
  private identity: Identity | null = null;

  tp_repr: CallableSlots["tp_repr"] = null;
  tp_str: CallableSlots["tp_str"] = null;
  tp_hash: CallableSlots["tp_hash"] = null;
  tp_call: CallableSlots["tp_call"] = null;
  tp_getattro: CallableSlots["tp_getattro"] = null;
  tp_setattro: CallableSlots["tp_setattro"] = null;
  tp_richcompare: CallableSlots["tp_richcompare"] = null;
  tp_iter: CallableSlots["tp_iter"] = null;
  tp_iternext: CallableSlots["tp_iternext"] = null;
  tp_descr_get: CallableSlots["tp_descr_get"] = null;
  tp_descr_set: CallableSlots["tp_descr_set"] = null;
  tp_new: CallableSlots["tp_new"] = null;
  tp_init: CallableSlots["tp_init"] = null;
  tp_alloc: CallableSlots["tp_alloc"] = null;
  nb_add: CallableSlots["nb_add"] = null;
  nb_subtract: CallableSlots["nb_subtract"] = null;
  nb_multiply: CallableSlots["nb_multiply"] = null;
  nb_remainder: CallableSlots["nb_remainder"] = null;
  nb_divmod: CallableSlots["nb_divmod"] = null;
  nb_power: CallableSlots["nb_power"] = null;
  nb_negative: CallableSlots["nb_negative"] = null;
  nb_positive: CallableSlots["nb_positive"] = null;
  nb_absolute: CallableSlots["nb_absolute"] = null;
  nb_bool: CallableSlots["nb_bool"] = null;
  nb_invert: CallableSlots["nb_invert"] = null;
  nb_lshift: CallableSlots["nb_lshift"] = null;
  nb_rshift: CallableSlots["nb_rshift"] = null;
  nb_and: CallableSlots["nb_and"] = null;
  nb_xor: CallableSlots["nb_xor"] = null;
  nb_or: CallableSlots["nb_or"] = null;
  nb_int: CallableSlots["nb_int"] = null;
  nb_float: CallableSlots["nb_float"] = null;
  nb_index: CallableSlots["nb_index"] = null;
  nb_floor_divide: CallableSlots["nb_floor_divide"] = null;
  nb_true_divide: CallableSlots["nb_true_divide"] = null;
  nb_matrix_multiply: CallableSlots["nb_matrix_multiply"] = null;
  nb_inplace_add: CallableSlots["nb_inplace_add"] = null;
  nb_inplace_subtract: CallableSlots["nb_inplace_subtract"] = null;
  nb_inplace_multiply: CallableSlots["nb_inplace_multiply"] = null;
  nb_inplace_remainder: CallableSlots["nb_inplace_remainder"] = null;
  nb_inplace_power: CallableSlots["nb_inplace_power"] = null;
  nb_inplace_lshift: CallableSlots["nb_inplace_lshift"] = null;
  nb_inplace_rshift: CallableSlots["nb_inplace_rshift"] = null;
  nb_inplace_and: CallableSlots["nb_inplace_and"] = null;
  nb_inplace_xor: CallableSlots["nb_inplace_xor"] = null;
  nb_inplace_or: CallableSlots["nb_inplace_or"] = null;
  nb_inplace_floor_divide: CallableSlots["nb_inplace_floor_divide"] = null;
  nb_inplace_true_divide: CallableSlots["nb_inplace_true_divide"] = null;
  nb_inplace_matrix_multiply: CallableSlots["nb_inplace_matrix_multiply"] = null;
  sq_length: CallableSlots["sq_length"] = null;
  sq_concat: CallableSlots["sq_concat"] = null;
  sq_repeat: CallableSlots["sq_repeat"] = null;
  sq_item: CallableSlots["sq_item"] = null;
  sq_ass_item: CallableSlots["sq_ass_item"] = null;
  sq_contains: CallableSlots["sq_contains"] = null;
  sq_inplace_concat: CallableSlots["sq_inplace_concat"] = null;
  sq_inplace_repeat: CallableSlots["sq_inplace_repeat"] = null;
  mp_length: CallableSlots["mp_length"] = null;
  mp_subscript: CallableSlots["mp_subscript"] = null;
  mp_ass_subscript: CallableSlots["mp_ass_subscript"] = null;
  am_await: CallableSlots["am_await"] = null;
  am_aiter: CallableSlots["am_aiter"] = null;
  am_anext: CallableSlots["am_anext"] = null;
  bf_getbuffer: CallableSlots["bf_getbuffer"] = null;

  /** `metatype` null only for `type` itself, whose type is `type`. */
  constructor(name: string, metatype: PyType | null) {
    super(metatype === null ? (null as unknown as Shape) : metatype.shapes);
    this.name = name;
    this.qualname = name;
    this.shapes = new Shape(this, 0, 0, [], new Map(), false);
    if (metatype === null) (this as Mutable<PyObject>).shape = this.shapes;
  }

  get isHeap(): boolean {
    return (this.flags & HEAPTYPE) !== 0;
  }
  /** Do instances have a `__dict__`? */
  get hasDict(): boolean {
    return (this.flags & HAS_DICT) !== 0;
  }

  override getDict(_create: boolean): Namespace | undefined {
    return this.dict ?? undefined;
  }
  /** Builtin types are shared by interpreters, which must not see each other's weak references. */
  override getIdentity(): Identity | undefined {
    return this.isHeap ? (this.identity ??= new Identity()) : undefined;
  }
}

/** `type`: the type of types, and its own. */
export const typeType = new PyType("type", null);
/** `object`: the base of all. */
export const objectType = new PyType("object", typeType);

/** True when `type` is `base` or derives from it (by MRO). */
export function isSubtype(type: PyType, base: PyType): boolean {
  if (type === base) return true;
  const { mro } = type;
  for (let i = 1; i < mro.length; i++) if (mro[i] === base) return true;
  return false;
}

/** Type versions are unique over all types of the process: a counter, no state of any interpreter. */
let lastVersion = 0;
export function nextVersion(): number {
  return ++lastVersion;
}
