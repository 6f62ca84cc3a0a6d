/** `marshal.dumps`: values to bytes. */
import { bytesLike, hasBuffer } from "../../objects/buffer.ts";
import type { PyBytes } from "../../objects/bytes.ts";
import type { PyCode } from "../../objects/code.ts";
import type { PyComplex } from "../../objects/complex.ts";
import { EXC, type Exc, type Value } from "../../objects/core.ts";
import type { PyDict } from "../../objects/dict.ts";
import { valueError } from "../../objects/errors.ts";
import { stopIterationType } from "../../objects/exceptions/types.ts";
import type { PyFloat } from "../../objects/float.ts";
import type { PyList } from "../../objects/list.ts";
import { formatFloat } from "../../objects/numeric/float-format.ts";
import type { PySet } from "../../objects/set.ts";
import { Ellipsis } from "../../objects/singletons.ts";
import type { PySlice } from "../../objects/slice.ts";
import { type Str, codePoints, isAscii } from "../../objects/str/astral.ts";
import type { PyTuple } from "../../objects/tuple.ts";
import * as types from "../../objects/types.ts";
import * as f from "./format.ts";

/** Thrown when a value cannot be written. */
class Unmarshallable {
  constructor(readonly message: string) {}
}

/** The bytes of `value`, as a Latin-1 string. */
export function dumps(value: Value, version: number, allowCode: boolean): string | Exc {
  try {
    return new Writer(version, allowCode).finish(value);
  } catch (error) {
    if (error instanceof Unmarshallable) return valueError(error.message);
    throw error;
  }
}

class Writer {
  private parts: string[] = [];
  private readonly refs = new Map<Value, number>();
  private depth = 0;

  constructor(
    private readonly version: number,
    private readonly allowCode: boolean,
  ) {}

  finish(value: Value): string {
    this.write(value);
    return this.parts.join("");
  }

  private byte(n: number): void {
    this.parts.push(String.fromCharCode(n & 0xff));
  }
  private short(n: number): void {
    this.parts.push(String.fromCharCode(n & 0xff, (n >> 8) & 0xff));
  }
  private int32(n: number): void {
    this.parts.push(String.fromCharCode(n & 0xff, (n >> 8) & 0xff, (n >> 16) & 0xff, (n >>> 24) & 0xff));
  }
  private double(x: number): void {
    const view = new DataView(new ArrayBuffer(8));
    view.setFloat64(0, x, true);
    for (let i = 0; i < 8; i++) this.byte(view.getUint8(i));
  }

  private write(value: Value): void {
    if (++this.depth > f.MAX_DEPTH) throw new Unmarshallable("object too deeply nested to marshal");
    if (value === null) this.byte(f.NONE);
    else if (value === true || value === false) this.byte(value ? f.TRUE : f.FALSE);
    else if (value === Ellipsis) this.byte(f.ELLIPSIS);
    else if (value === stopIterationType) this.byte(f.STOP_ITERATION);
    else this.writeReferable(value);
    this.depth--;
  }

  /** Values that occur again are written as a number the second time. */
  private writeReferable(value: Value): void {
    let flag = 0;
    if (this.version >= 3) {
      const known = this.refs.get(value);
      if (known !== undefined) {
        this.byte(f.REF);
        this.int32(known);
        return;
      }
      this.refs.set(value, this.refs.size);
      flag = f.FLAG_REF;
    }
    this.writeObject(value, flag);
  }

  private writeObject(value: Value, flag: number): void {
    switch (types.typeOf(value)) {
      case types.intType:
        return this.integer(value as number | bigint, flag);
      case types.floatType:
        return this.float((value as PyFloat).value, flag);
      case types.complexType:
        return this.complex(value as PyComplex, flag);
      case types.strType:
        return this.text(value as Str, flag);
      case types.bytesType:
        return this.bytes((value as PyBytes).latin1, flag);
      case types.tupleType:
        return this.tuple((value as PyTuple).items, flag);
      case types.listType:
        return this.sequence(f.LIST, (value as PyList).items, flag);
      case types.setType:
      case types.frozensetType:
        return this.sequence(
          types.typeOf(value) === types.setType ? f.SET : f.FROZENSET,
          (value as PySet).values(),
          flag,
        );
      case types.dictType:
        return this.dict(value as PyDict, flag);
      case types.codeType:
        return this.code(value as PyCode, flag);
      case types.sliceType:
        return this.slice(value as PySlice, flag);
      default:
        return this.buffer(value, flag);
    }
  }

  private integer(n: number | bigint, flag: number): void {
    if (typeof n === "number" && (n | 0) === n) {
      this.byte(f.INT | flag);
      return this.int32(n);
    }
    // Digits of 15 bits, least significant first; the count has the sign.
    const digits: number[] = [];
    for (let rest = n < 0 ? -BigInt(n) : BigInt(n); rest > 0n; rest >>= 15n) digits.push(Number(rest & 0x7fffn));
    this.byte(f.LONG | flag);
    this.int32(n < 0 ? -digits.length : digits.length);
    for (const digit of digits) this.short(digit);
  }
  private float(x: number, flag: number): void {
    if (this.version > 1) {
      this.byte(f.BINARY_FLOAT | flag);
      return this.double(x);
    }
    this.byte(f.FLOAT | flag);
    this.shortText(formatFloat(x, "g", 17, {}));
  }
  private complex(z: PyComplex, flag: number): void {
    if (this.version > 1) {
      this.byte(f.BINARY_COMPLEX | flag);
      this.double(z.re);
      return this.double(z.im);
    }
    this.byte(f.COMPLEX | flag);
    this.shortText(formatFloat(z.re, "g", 17, {}));
    this.shortText(formatFloat(z.im, "g", 17, {}));
  }
  private shortText(text: string): void {
    this.byte(text.length);
    this.parts.push(text);
  }
  private text(text: Str, flag: number): void {
    if (this.version >= 4 && isAscii(text)) {
      const { length } = text;
      this.byte((length < 256 ? f.SHORT_ASCII : f.ASCII) | flag);
      if (length < 256) this.byte(length);
      else this.int32(length);
      this.parts.push(text as string);
      return;
    }
    const encoded = encodeUtf8(text);
    this.byte(f.UNICODE | flag);
    this.int32(encoded.length);
    this.parts.push(encoded);
  }
  private bytes(latin1: string, flag: number): void {
    this.byte(f.BYTES | flag);
    this.int32(latin1.length);
    this.parts.push(latin1);
  }
  private tuple(items: readonly Value[], flag: number): void {
    if (this.version >= 4 && items.length < 256) {
      this.byte(f.SMALL_TUPLE | flag);
      this.byte(items.length);
      for (const item of items) this.write(item);
    } else this.sequence(f.TUPLE, items, flag);
  }
  private sequence(type: number, items: readonly Value[], flag: number): void {
    this.byte(type | flag);
    this.int32(items.length);
    for (const item of items) this.write(item);
  }
  private dict(dict: PyDict, flag: number): void {
    this.byte(f.DICT | flag);
    for (const [key, value] of dict.items()) {
      this.write(key);
      this.write(value);
    }
    this.byte(f.NULL);
  }
  private slice(slice: PySlice, flag: number): void {
    if (this.version < 5) throw new Unmarshallable("unmarshallable object");
    this.byte(f.SLICE | flag);
    for (const part of [slice.start, slice.stop, slice.step]) this.write(part);
  }
  private code(code: PyCode, flag: number): void {
    if (!this.allowCode) throw new Unmarshallable("marshalling code objects is disallowed");
    const { spec } = code;
    this.byte(f.CODE | flag);
    for (const n of [spec.argcount, spec.posonlyargcount, spec.kwonlyargcount, spec.stacksize, spec.flags])
      this.int32(n);
    this.rawBytes(spec.code);
    this.tupleOf(code.consts);
    this.tupleOf([...spec.names]);
    this.tupleOf([...spec.localsplusnames]);
    this.rawBytes(spec.localspluskinds);
    for (const text of [code.filename, code.name, code.qualname]) this.write(text);
    this.int32(spec.firstlineno);
    this.rawBytes(spec.linetable);
    this.rawBytes(spec.exceptiontable);
  }
  /** Parts of a code object are no values of their own: they get no reference number. */
  private tupleOf(items: readonly Value[]): void {
    this.tuple(items, 0);
  }
  private rawBytes(bytes: Uint8Array): void {
    this.byte(f.BYTES);
    this.int32(bytes.length);
    for (let i = 0; i < bytes.length; i += 4096) {
      this.parts.push(String.fromCharCode(...bytes.subarray(i, i + 4096)));
    }
  }
  private buffer(value: Value, flag: number): void {
    if (!hasBuffer(value)) throw new Unmarshallable("unmarshallable object");
    const latin1 = bytesLike(value);
    if (latin1 === EXC) throw new Unmarshallable("unmarshallable object");
    this.bytes(latin1, flag);
  }
}

/** UTF-8 with lone surrogates encoded as they are, as a Latin-1 string. */
export function encodeUtf8(text: Str): string {
  let out = "";
  for (const c of codePoints(text)) {
    if (c < 0x80) out += String.fromCharCode(c);
    else if (c < 0x800) out += String.fromCharCode(0xc0 | (c >> 6), 0x80 | (c & 63));
    else if (c < 0x10000) out += String.fromCharCode(0xe0 | (c >> 12), 0x80 | ((c >> 6) & 63), 0x80 | (c & 63));
    else {
      out += String.fromCharCode(0xf0 | (c >> 18), 0x80 | ((c >> 12) & 63), 0x80 | ((c >> 6) & 63), 0x80 | (c & 63));
    }
  }
  return out;
}
