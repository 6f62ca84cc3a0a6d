/**
 * Which special method stands for which slot: CPython's `slotdefs`. From this table come both directions: the methods
 * that native slots show in a type's dict (`wrap`), and the slot functions of classes written in Python
 * (`slot-functions.ts`, same names).
 */
import {
  type CompareOp,
  END,
  EXC,
  type KwNames,
  type PyType,
  type Result,
  type SlotName,
  type Status,
  type Value,
} from "../core.ts";
import { raiseArgs, typeError } from "../errors.ts";
import { stopIterationType } from "../exceptions/types.ts";
import { asSize } from "../protocol/convert.ts";
import { typeOf } from "../types.ts";
import { newBytesView } from "../bytes/memoryview-of.ts";

type Fn = (...args: never[]) => Result;
type Wrap = (f: never, self: Value, args: Value[], kwnames: KwNames, def: SlotDef) => Result;

export interface SlotDef {
  /** `__add__` */
  name: string;
  slot: SlotName;
  text: string | null;
  /** Positional arguments: least, greatest; -1: any, with keywords. */
  min: number;
  max: number;
  wrap: (f: unknown, self: Value, args: Value[], kwnames: KwNames, def: SlotDef) => Result;
  doc: string;
  /** The comparison, for rich comparison. */
  op: CompareOp;
}

const kind = (text: string | null, min: number, max: number, wrap: Wrap) => ({ text, min, max, wrap });
const none = (status: Status): Result => status;

const UNARY = kind("($self, /)", 0, 0, (f: (s: Value) => Result, self) => f(self));
const BINARY = kind("($self, value, /)", 1, 1, (f: (a: Value, b: Value) => Result, self, args) => f(self, args[0]));
const REFLECTED = kind("($self, value, /)", 1, 1, (f: (a: Value, b: Value) => Result, self, args) => f(args[0], self));
const KEY = kind("($self, key, /)", 1, 1, (f: (a: Value, b: Value) => Result, self, args) => f(self, args[0]));
const POWER = kind("($self, value, mod=None, /)", 1, 2, (f: (a: Value, b: Value, c: Value) => Result, self, args) =>
  f(self, args[0], args[1] ?? null),
);
const REFLECTED_POWER = kind(
  "($self, value, mod=None, /)",
  1,
  2,
  (f: (a: Value, b: Value, c: Value) => Result, self, args) => f(args[0], self, args[1] ?? null),
);
const COMPARE = kind(
  "($self, value, /)",
  1,
  1,
  (f: (a: Value, b: Value, op: CompareOp) => Result, self, args, _, def) => f(self, args[0], def.op),
);
const NEXT = kind("($self, /)", 0, 0, (f: (s: Value) => Result | typeof END, self) => {
  const value = f(self);
  return value === END ? raiseArgs(stopIterationType) : value;
});
const CALL = kind(
  "($self, /, *args, **kwargs)",
  -1,
  -1,
  (f: (s: Value, a: Value[], k: KwNames) => Result, self, args, kw) => f(self, args, kw),
);
const INIT = kind(
  "($self, /, *args, **kwargs)",
  -1,
  -1,
  (f: (s: Value, a: Value[], k: KwNames) => Status, self, args, kw) => none(f(self, args, kw)),
);
const REPEAT = kind("($self, value, /)", 1, 1, (f: (s: Value, n: number) => Result, self, args) => {
  const n = asSize(args[0]);
  return n === EXC ? EXC : f(self, n);
});
const ITEM = kind("($self, key, /)", 1, 1, (f: (s: Value, n: number) => Result, self, args) => {
  const n = itemIndex(self, args[0]);
  return n === EXC ? EXC : f(self, n);
});
const SET_ITEM = kind("($self, key, value, /)", 2, 2, (f: (s: Value, n: number, v: Value) => Status, self, args) => {
  const n = itemIndex(self, args[0]);
  return n === EXC ? EXC : none(f(self, n, args[1]));
});
const DEL_ITEM = kind("($self, key, /)", 1, 1, (f: (s: Value, n: number, v: undefined) => Status, self, args) => {
  const n = itemIndex(self, args[0]);
  return n === EXC ? EXC : none(f(self, n, undefined));
});
const SET_KEY = kind("($self, key, value, /)", 2, 2, (f: (s: Value, k: Value, v: Value) => Status, self, args) =>
  none(f(self, args[0], args[1])),
);
const DEL_KEY = kind("($self, key, /)", 1, 1, (f: (s: Value, k: Value, v: undefined) => Status, self, args) =>
  none(f(self, args[0], undefined)),
);
const GET_ATTR = kind("($self, name, /)", 1, 1, (f: (s: Value, name: string) => Result, self, args) =>
  typeof args[0] === "string" ? f(self, args[0]) : badName(args[0]),
);
const SET_ATTR = kind("($self, name, value, /)", 2, 2, (f: (s: Value, n: string, v: Value) => Status, self, args) =>
  typeof args[0] !== "string"
    ? badName(args[0])
    : mayApply(self, f, "__setattr__")
      ? none(f(self, args[0], args[1]))
      : EXC,
);
const DEL_ATTR = kind("($self, name, /)", 1, 1, (f: (s: Value, n: string, v: undefined) => Status, self, args) =>
  typeof args[0] !== "string"
    ? badName(args[0])
    : mayApply(self, f, "__delattr__")
      ? none(f(self, args[0], undefined))
      : EXC,
);
const GET = kind(
  "($self, instance, owner=None, /)",
  1,
  2,
  (f: (d: Value, o: Value | undefined, t: PyType) => Result, self, args) => {
    const [instance, owner] = args;
    if (instance === null && (owner === null || owner === undefined)) {
      return typeError("__get__(None, None) is invalid");
    }
    return f(self, instance === null ? undefined : instance, (owner ?? typeOf(instance)) as PyType);
  },
);
const SET = kind("($self, instance, value, /)", 2, 2, (f: (d: Value, o: Value, v: Value) => Status, self, args) =>
  none(f(self, args[0], args[1])),
);
const DELETE = kind("($self, instance, /)", 1, 1, (f: (d: Value, o: Value, v: undefined) => Status, self, args) =>
  none(f(self, args[0], undefined)),
);
const BUFFER = kind("($self, flags, /)", 1, 1, (f: (s: Value, flags: number) => Result, self, args) => {
  const flags = asSize(args[0]);
  return flags === EXC ? EXC : newBytesView(f(self, flags), self);
});

/** `object.__setattr__` must not get around a native class's own (`hackcheck`; "Carlo Verre's hack"). */
function mayApply(self: Value, f: unknown, what: string): boolean {
  const type = typeOf(self);
  const native = type.mro.find((cls) => !cls.isHeap);
  if (native === undefined || (native.tp_setattro as unknown) === f) return true;
  typeError(`can't apply this ${what} to ${type.name} object`);
  return false;
}
function badName(name: Value): Result {
  return typeError(`attribute name must be string, not '${typeOf(name).name}'`);
}
function itemIndex(self: Value, key: Value): number | typeof EXC {
  const n = asSize(key);
  if (n === EXC || n >= 0) return n;
  const { sq_length } = typeOf(self);
  if (sq_length === null) return n;
  const length = sq_length(self);
  return length === EXC ? EXC : n + length;
}

const defs: SlotDef[] = [];
const define = (name: string, slot: SlotName, k: ReturnType<typeof kind>, doc: string, op: CompareOp = 0) => {
  defs.push({ ...k, wrap: k.wrap as SlotDef["wrap"], name, slot, doc, op });
};
const pair = (name: string, slot: SlotName, symbol: string) => {
  define(`__${name}__`, slot, BINARY, `Return self${symbol}value.`);
  define(`__r${name}__`, slot, REFLECTED, `Return value${symbol}self.`);
};

define("__getattribute__", "tp_getattro", GET_ATTR, "Return getattr(self, name).");
define("__getattr__", "tp_getattro", { ...GET_ATTR, text: null }, "");
define("__setattr__", "tp_setattro", SET_ATTR, "Implement setattr(self, name, value).");
define("__delattr__", "tp_setattro", DEL_ATTR, "Implement delattr(self, name).");
define("__repr__", "tp_repr", UNARY, "Return repr(self).");
define("__hash__", "tp_hash", UNARY, "Return hash(self).");
define("__call__", "tp_call", CALL, "Call self as a function.");
define("__str__", "tp_str", UNARY, "Return str(self).");
define("__lt__", "tp_richcompare", COMPARE, "Return self<value.", 0);
define("__le__", "tp_richcompare", COMPARE, "Return self<=value.", 1);
define("__eq__", "tp_richcompare", COMPARE, "Return self==value.", 2);
define("__ne__", "tp_richcompare", COMPARE, "Return self!=value.", 3);
define("__gt__", "tp_richcompare", COMPARE, "Return self>value.", 4);
define("__ge__", "tp_richcompare", COMPARE, "Return self>=value.", 5);
define("__iter__", "tp_iter", UNARY, "Implement iter(self).");
define("__next__", "tp_iternext", NEXT, "Implement next(self).");
define("__get__", "tp_descr_get", GET, "Return an attribute of instance, which is of type owner.");
define("__set__", "tp_descr_set", SET, "Set an attribute of instance to value.");
define("__delete__", "tp_descr_set", DELETE, "Delete an attribute of instance.");
define("__init__", "tp_init", INIT, "Initialize self.  See help(type(self)) for accurate signature.");
define(
  "__buffer__",
  "bf_getbuffer",
  BUFFER,
  "Return a buffer object that exposes the underlying memory of the object.",
);
define("__await__", "am_await", UNARY, "Return an iterator to be used in await expression.");
define("__aiter__", "am_aiter", UNARY, "Return an awaitable, that resolves in asynchronous iterator.");
define("__anext__", "am_anext", UNARY, "Return a value or raise StopAsyncIteration.");
pair("add", "nb_add", "+");
pair("sub", "nb_subtract", "-");
pair("mul", "nb_multiply", "*");
pair("mod", "nb_remainder", "%");
define("__divmod__", "nb_divmod", BINARY, "Return divmod(self, value).");
define("__rdivmod__", "nb_divmod", REFLECTED, "Return divmod(value, self).");
define("__pow__", "nb_power", POWER, "Return pow(self, value, mod).");
define("__rpow__", "nb_power", REFLECTED_POWER, "Return pow(value, self, mod).");
define("__neg__", "nb_negative", UNARY, "-self");
define("__pos__", "nb_positive", UNARY, "+self");
define("__abs__", "nb_absolute", UNARY, "abs(self)");
define("__bool__", "nb_bool", UNARY, "True if self else False");
define("__invert__", "nb_invert", UNARY, "~self");
pair("lshift", "nb_lshift", "<<");
pair("rshift", "nb_rshift", ">>");
pair("and", "nb_and", "&");
pair("xor", "nb_xor", "^");
pair("or", "nb_or", "|");
define("__int__", "nb_int", UNARY, "int(self)");
define("__float__", "nb_float", UNARY, "float(self)");
define("__iadd__", "nb_inplace_add", BINARY, "Return self+=value.");
define("__isub__", "nb_inplace_subtract", BINARY, "Return self-=value.");
define("__imul__", "nb_inplace_multiply", BINARY, "Return self*=value.");
define("__imod__", "nb_inplace_remainder", BINARY, "Return self%=value.");
define("__ipow__", "nb_inplace_power", { ...BINARY, wrap: POWER.wrap }, "Return self**=value.");
define("__ilshift__", "nb_inplace_lshift", BINARY, "Return self<<=value.");
define("__irshift__", "nb_inplace_rshift", BINARY, "Return self>>=value.");
define("__iand__", "nb_inplace_and", BINARY, "Return self&=value.");
define("__ixor__", "nb_inplace_xor", BINARY, "Return self^=value.");
define("__ior__", "nb_inplace_or", BINARY, "Return self|=value.");
pair("floordiv", "nb_floor_divide", "//");
pair("truediv", "nb_true_divide", "/");
define("__ifloordiv__", "nb_inplace_floor_divide", BINARY, "Return self//=value.");
define("__itruediv__", "nb_inplace_true_divide", BINARY, "Return self/=value.");
define(
  "__index__",
  "nb_index",
  UNARY,
  "Return self converted to an integer, if self is suitable for use as an index into a list.",
);
pair("matmul", "nb_matrix_multiply", "@");
define("__imatmul__", "nb_inplace_matrix_multiply", BINARY, "Return self@=value.");
define("__len__", "mp_length", UNARY, "Return len(self).");
define("__getitem__", "mp_subscript", KEY, "Return self[key].");
define("__setitem__", "mp_ass_subscript", SET_KEY, "Set self[key] to value.");
define("__delitem__", "mp_ass_subscript", DEL_KEY, "Delete self[key].");
define("__len__", "sq_length", UNARY, "Return len(self).");
define("__add__", "sq_concat", BINARY, "Return self+value.");
define("__mul__", "sq_repeat", REPEAT, "Return self*value.");
define("__rmul__", "sq_repeat", REPEAT, "Return value*self.");
define("__getitem__", "sq_item", ITEM, "Return self[key].");
define("__setitem__", "sq_ass_item", SET_ITEM, "Set self[key] to value.");
define("__delitem__", "sq_ass_item", DEL_ITEM, "Delete self[key].");
define("__contains__", "sq_contains", { ...KEY }, "Return bool(key in self).");
define("__iadd__", "sq_inplace_concat", BINARY, "Implement self+=value.");
define("__imul__", "sq_inplace_repeat", REPEAT, "Implement self*=value.");

/** In CPython's order: where two slots share a name (`__len__`), the first that a type has gives the wrapper. */
export const slotDefs: readonly SlotDef[] = defs;

const byName = new Map<string, SlotDef[]>();
for (const def of defs) {
  const list = byName.get(def.name);
  if (list === undefined) byName.set(def.name, [def]);
  else list.push(def);
}
/** The slots that a special method's name stands for. */
export function slotDefsNamed(name: string): readonly SlotDef[] | undefined {
  return byName.get(name);
}
export type { Fn };
