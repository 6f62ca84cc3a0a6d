/** `marshal.loads`: bytes to values. */
import type { CodeSpec } from "../../compiler/code.ts";
import { PyBytes, newBytes } from "../../objects/bytes.ts";
import { PyCode } from "../../objects/code.ts";
import { newComplex } from "../../objects/complex.ts";
import { EXC, type Exc, type PyType, type Value } from "../../objects/core.ts";
import { newDict } from "../../objects/dict.ts";
import { raise } from "../../objects/errors.ts";
import { eofErrorType, stopIterationType, typeErrorType, valueErrorType } from "../../objects/exceptions/types.ts";
import { newFloat } from "../../objects/float.ts";
import { newList } from "../../objects/list.ts";
import { canonical } from "../../objects/numeric/int-math.ts";
import { newFrozenset, newSet } from "../../objects/set.ts";
import { Ellipsis } from "../../objects/singletons.ts";
import { newSlice } from "../../objects/slice.ts";
import { type Str, strFromPoints, strToJs } from "../../objects/str/astral.ts";
import { PyTuple, emptyTuple, newTuple } from "../../objects/tuple.ts";
import { strValue } from "../../objects/values.ts";
import * as f from "./format.ts";

/** Thrown for data that is no value. */
class BadData {
  constructor(
    readonly type: PyType,
    readonly message: string,
  ) {}
}
/** Thrown with an exception pending. */
class Pending {}

const bad = (what: string): BadData => new BadData(valueErrorType, `bad marshal data (${what})`);

/** The value at the start of `data` (a Latin-1 string), and where it ends. */
export function loads(data: string, allowCode: boolean): { value: Value; end: number } | Exc {
  const reader = new Reader(data, allowCode);
  try {
    const value = reader.object();
    return { value, end: reader.at };
  } catch (error) {
    if (error instanceof BadData) return raise(error.type, error.message);
    if (error instanceof Pending) return EXC;
    throw error;
  }
}

class Reader {
  at = 0;
  private readonly refs: (Value | undefined)[] = [];
  private depth = 0;

  constructor(
    private readonly data: string,
    private readonly allowCode: boolean,
  ) {}

  private take(count: number): string {
    const end = this.at + count;
    if (end > this.data.length) throw new BadData(eofErrorType, "marshal data too short");
    const part = this.data.slice(this.at, end);
    this.at = end;
    return part;
  }
  private byte(): number {
    return this.take(1).charCodeAt(0);
  }
  private short(): number {
    const s = this.take(2);
    return ((s.charCodeAt(0) | (s.charCodeAt(1) << 8)) << 16) >> 16;
  }
  private int32(): number {
    const s = this.take(4);
    return s.charCodeAt(0) | (s.charCodeAt(1) << 8) | (s.charCodeAt(2) << 16) | (s.charCodeAt(3) << 24);
  }
  private size(what: string): number {
    const n = this.int32();
    if (n < 0) throw bad(`${what} size out of range`);
    return n;
  }
  private double(): number {
    const s = this.take(8);
    const view = new DataView(new ArrayBuffer(8));
    for (let i = 0; i < 8; i++) view.setUint8(i, s.charCodeAt(i));
    return view.getFloat64(0, true);
  }

  /** A value; NULL is an error here. */
  object(): Value {
    if (this.at >= this.data.length) throw new BadData(eofErrorType, "EOF read where object expected");
    const value = this.read();
    if (value === undefined) throw new BadData(typeErrorType, "NULL object in marshal data for object");
    return value;
  }
  /** A value, or undefined for NULL. */
  private read(): Value | undefined {
    if (++this.depth > f.MAX_DEPTH) throw new BadData(valueErrorType, "recursion limit exceeded");
    if (this.at >= this.data.length) throw new BadData(eofErrorType, "EOF read where object expected");
    const code = this.byte();
    const value = this.readTyped(code & ~f.FLAG_REF, (code & f.FLAG_REF) !== 0);
    this.depth--;
    return value;
  }
  /** Gives the value its reference number. */
  private remember<T extends Value>(value: T, flagged: boolean): T {
    if (flagged) this.refs.push(value);
    return value;
  }

  private readTyped(type: number, flagged: boolean): Value | undefined {
    switch (type) {
      case f.NULL:
        return undefined;
      case f.NONE:
        return null;
      case f.TRUE:
        return true;
      case f.FALSE:
        return false;
      case f.ELLIPSIS:
        return Ellipsis;
      case f.STOP_ITERATION:
        return stopIterationType;
      case f.REF:
        return this.reference();
      case f.SLICE:
        return this.slice(flagged);
      case f.CODE:
        return this.code(flagged);
      case f.TUPLE:
        return this.tuple(this.size("tuple"), flagged);
      case f.SMALL_TUPLE:
        return this.tuple(this.byte(), flagged);
      case f.LIST:
        return this.list(flagged);
      case f.DICT:
        return this.dict(flagged);
      case f.SET:
        return this.set(this.size("set"), flagged);
      case f.FROZENSET:
        return this.frozenset(this.size("set"), flagged);
      default:
        return this.remember(this.scalar(type), flagged);
    }
  }

  private scalar(type: number): Value {
    switch (type) {
      case f.INT:
        return this.int32();
      case f.INT64:
        return canonical(BigInt.asIntN(64, BigInt(this.int32() >>> 0) | (BigInt(this.int32()) << 32n)));
      case f.LONG:
        return this.long();
      case f.BINARY_FLOAT:
        return newFloat(this.double());
      case f.FLOAT:
        return newFloat(this.decimal());
      case f.BINARY_COMPLEX: {
        const re = this.double();
        return newComplex(re, this.double());
      }
      case f.COMPLEX: {
        const re = this.decimal();
        return newComplex(re, this.decimal());
      }
      case f.BYTES:
        return newBytes(this.take(this.size("bytes object")));
      case f.SHORT_ASCII:
      case f.SHORT_ASCII_INTERNED:
        return this.take(this.byte());
      case f.ASCII:
      case f.ASCII_INTERNED:
        return this.take(this.size("string"));
      case f.UNICODE:
      case f.INTERNED:
        return decodeUtf8(this.take(this.size("string")));
      default:
        throw bad("unknown type code");
    }
  }
  private decimal(): number {
    const text = this.take(this.byte());
    return text === "nan" ? Number.NaN : text.endsWith("inf") ? Number(text.replace("inf", "Infinity")) : Number(text);
  }
  private long(): Value {
    const count = this.int32();
    let n = 0n;
    for (let i = 0; i < Math.abs(count); i++) {
      const digit = this.short();
      if (digit < 0) throw bad("digit out of range in long");
      if (digit === 0 && i === Math.abs(count) - 1) throw bad("unnormalized long data");
      n |= BigInt(digit) << BigInt(15 * i);
    }
    return canonical(count < 0 ? -n : n);
  }

  private reference(): Value {
    const index = this.int32();
    const value = index >= 0 && index < this.refs.length ? this.refs[index] : undefined;
    if (value === undefined) throw bad("invalid reference");
    return value;
  }
  /** A place in the table for an object that is complete only after its parts. */
  private reserve(flagged: boolean): number {
    return flagged ? this.refs.push(undefined) - 1 : -1;
  }
  private settle<T extends Value>(index: number, value: T): T {
    if (index >= 0) this.refs[index] = value;
    return value;
  }
  private items(count: number, what: string): Value[] {
    const items: Value[] = [];
    for (let i = 0; i < count; i++) items.push(this.part(what));
    return items;
  }
  private part(what: string): Value {
    const item = this.read();
    if (item === undefined) throw new BadData(typeErrorType, `NULL object in marshal data for ${what}`);
    return item;
  }
  private tuple(count: number, flagged: boolean): Value {
    if (count === 0) return this.remember(emptyTuple, flagged);
    // It can be referred to while it is being read: a tuple may hold a list that holds the tuple.
    const tuple = this.remember(newTuple([null]), flagged);
    tuple.items.length = 0;
    for (let i = 0; i < count; i++) tuple.items.push(this.part("tuple"));
    return tuple;
  }
  private list(flagged: boolean): Value {
    const count = this.size("list");
    const list = this.remember(newList([]), flagged);
    for (let i = 0; i < count; i++) list.items.push(this.part("list"));
    return list;
  }
  private dict(flagged: boolean): Value {
    const dict = this.remember(newDict(), flagged);
    for (;;) {
      const key = this.read();
      if (key === undefined) return dict;
      const value = this.read();
      if (value === undefined) return dict;
      if (dict.set(key, value) === EXC) throw new Pending();
    }
  }
  private set(count: number, flagged: boolean): Value {
    const set = this.remember(newSet(), flagged);
    for (const item of this.items(count, "set")) if (set.add(item) === EXC) throw new Pending();
    return set;
  }
  private frozenset(count: number, flagged: boolean): Value {
    const index = this.reserve(flagged);
    const set = newFrozenset();
    for (const item of this.items(count, "set")) if (set.add(item) === EXC) throw new Pending();
    return this.settle(index, set);
  }
  private slice(flagged: boolean): Value {
    const index = this.reserve(flagged);
    const [start, stop, step] = this.items(3, "slice");
    return this.settle(index, newSlice(start, stop, step));
  }

  private code(flagged: boolean): Value {
    if (!this.allowCode) throw new BadData(valueErrorType, "unmarshalling code objects is disallowed");
    const index = this.reserve(flagged);
    const [argcount, posonlyargcount, kwonlyargcount, stacksize, flags] = [1, 2, 3, 4, 5].map(() => this.int32());
    const code = this.bytes();
    const consts = this.tupleItems();
    const names = this.names();
    const localsplusnames = this.names();
    const localspluskinds = this.bytes();
    const [filename, name, qualname] = [1, 2, 3].map(() => this.text());
    const firstlineno = this.int32();
    const linetable = this.bytes();
    const exceptiontable = this.bytes();
    const spec: CodeSpec = {
      name,
      qualname,
      filename,
      firstlineno,
      argcount,
      posonlyargcount,
      kwonlyargcount,
      flags,
      stacksize,
      localsplusnames,
      localspluskinds,
      names,
      consts: [],
      code,
      linetable,
      exceptiontable,
    };
    const made = new PyCode(spec);
    made.setConsts(consts);
    return this.settle(index, made);
  }
  private bytes(): Uint8Array {
    const value = this.part("code");
    if (!(value instanceof PyBytes)) throw bad("code is not bytes");
    return value.bytes().slice();
  }
  private tupleItems(): Value[] {
    const value = this.part("code");
    if (!(value instanceof PyTuple)) throw bad("code's part is no tuple");
    return value.items;
  }
  private names(): string[] {
    return this.tupleItems().map((item) => strToJs(strValue(item) ?? ""));
  }
  private text(): string {
    const text = strValue(this.part("code"));
    if (text === undefined) throw bad("code's name is no string");
    return strToJs(text);
  }
}

/** UTF-8 that may contain lone surrogates. */
function decodeUtf8(latin1: string): Str {
  const points: number[] = [];
  for (let i = 0; i < latin1.length; ) {
    const c = latin1.charCodeAt(i++);
    const extra = c < 0x80 ? 0 : c < 0xe0 ? 1 : c < 0xf0 ? 2 : 3;
    let point = extra === 0 ? c : c & (0x3f >> extra);
    for (let k = 0; k < extra; k++) {
      const next = latin1.charCodeAt(i++);
      if ((next & 0xc0) !== 0x80) throw bad("invalid UTF-8");
      point = (point << 6) | (next & 63);
    }
    points.push(point);
  }
  return strFromPoints(points);
}
