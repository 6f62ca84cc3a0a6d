/** One dump: writes values as opcodes. Globals are in `save-global.ts`, what `__reduce__` gives in `save-reduce.ts`. */
import { type PyBuffer, isContiguous } from "../../objects/buffer.ts";
import { bytesFromArray, newByteArray, type PyByteArray, type PyBytes } from "../../objects/bytes.ts";
import { EXC, type Int, isSubtype, type Result, type Status, type Value } from "../../objects/core.ts";
import { PyDict } from "../../objects/dict.ts";
import { catches, clearException, raiseArgs, valueError } from "../../objects/errors.ts";
import { keyErrorType, unicodeEncodeErrorType } from "../../objects/exceptions/types.ts";
import type { PyFloat } from "../../objects/float.ts";
import { newList, type PyList } from "../../objects/list.ts";
import { floatRepr } from "../../objects/numeric/float-repr.ts";
import { toDecimal } from "../../objects/numeric/int-text.ts";
import { call0, call1 } from "../../objects/protocol/call.ts";
import { idText, isTrue, lookupAttr, str } from "../../objects/protocol/object.ts";
import { getItem } from "../../objects/protocol/sequence.ts";
import { enterRecursive, leaveRecursive } from "../../objects/recursion.ts";
import type { PySet } from "../../objects/set.ts";
import { Ellipsis, NotImplemented } from "../../objects/singletons.ts";
import type { Str } from "../../objects/str/astral.ts";
import { emptyTuple, newTuple, PyTuple } from "../../objects/tuple.ts";
import * as types from "../../objects/types.ts";
import { typeTypeOf, typeOf } from "../../objects/types.ts";
import { strValue } from "../../objects/values.ts";
import { saveItems, saveListItems, saveDictItems, saveSetItems } from "./batches.ts";
import { noteObject, picklingError, typeText } from "./errors.ts";
import { encodeLong } from "./long.ts";
import * as op from "./opcodes.ts";
import { FRAME_SIZE_TARGET, Output } from "./output.ts";
import { bufferOf, pickleBufferType, type PyPickleBuffer } from "./pickle-buffer.ts";
import { copyreg, imported } from "./registries.ts";
import { saveGlobal } from "./save-global.ts";
import { saveReduce } from "./save-reduce.ts";
import { isPlain, rawUnicodeEscape, utf8 } from "./text.ts";

/** How a dump is made; fields may be changed until it starts. */
export interface SaveOptions {
  /** The file's `write`; undefined collects the bytes. */
  write: Value | undefined;
  protocol: number;
  fixImports: boolean;
  bufferCallback: Value;
  /** Is an opcode newer than protocol 0 allowed? */
  isBinary: boolean;
  isFast: boolean;
  persistentId: Value | undefined;
  reducerOverride: Value | undefined;
  /** The pickler's own; undefined means copyreg's. */
  dispatchTable: Value | undefined;
}

/** Nested containers of fast mode below which nobody looks for cycles. */
const FAST_NESTING_LIMIT = 50;
const TUPLE_OPS = [op.EMPTY_TUPLE, op.TUPLE1, op.TUPLE2, op.TUPLE3];

export class Saver {
  readonly out: Output;
  readonly protocol: number;
  readonly isBinary: boolean;
  readonly isFast: boolean;
  private readonly open: Value[] = [];

  constructor(
    readonly options: SaveOptions,
    /** Values written already, with their numbers. Strings are remembered by content, as `is` compares them. */
    readonly memo: Map<Value, number>,
  ) {
    this.out = new Output(options.write);
    this.protocol = options.protocol;
    this.isBinary = options.isBinary;
    this.isFast = options.isFast;
  }

  dump(obj: Value): Status {
    const { out } = this;
    if (this.protocol >= 2) out.op1(op.PROTO, this.protocol);
    if (this.protocol >= 4) out.startFraming();
    if (this.save(obj) === EXC) return EXC;
    out.op(op.STOP);
    out.endFraming();
    return null;
  }

  /** Writes what makes `obj` the top of the stack. */
  save(obj: Value, isPersistentId = false): Status {
    const { out } = this;
    if (out.boundary() === EXC) return EXC;
    if (!isPersistentId && this.options.persistentId !== undefined) {
      const done = this.savePersistent(this.options.persistentId, obj);
      if (done === EXC) return EXC;
      if (done) return null;
    }
    switch (typeof obj) {
      case "number":
        this.saveNumber(obj);
        return null;
      case "bigint":
        this.saveLong(obj);
        return null;
      case "boolean":
        if (this.protocol >= 2) out.op(obj ? op.NEWTRUE : op.NEWFALSE);
        else out.line(op.INT, obj ? "01\n" : "00\n");
        return null;
      case "string": {
        const known = this.memo.get(obj);
        if (known === undefined) return this.saveStr(obj);
        this.get(known);
        return null;
      }
    }
    if (obj === null) {
      out.op(op.NONE);
      return null;
    }
    const cls = typeOf(obj);
    if (cls === types.floatType) {
      const { value } = obj as PyFloat;
      if (this.isBinary) out.float(op.BINFLOAT, value);
      else out.line(op.FLOAT, `${floatRepr(value)}\n`);
      return null;
    }
    const known = this.memo.get(obj);
    if (known !== undefined) {
      this.get(known);
      return null;
    }
    if (cls === types.strType) return this.saveStr(obj as Str);
    if (enterRecursive(" while pickling an object")) return EXC;
    const status = this.saveObject(obj);
    leaveRecursive();
    return status;
  }

  private saveObject(obj: Value): Status {
    switch (typeOf(obj)) {
      case types.dictType:
        return this.saveDict(obj as PyDict);
      case types.listType:
        return this.saveList(obj as PyList);
      case types.tupleType:
        return this.saveTuple(obj as PyTuple);
      case types.bytesType:
        return this.saveBytes(obj as PyBytes);
      case types.setType:
        return this.saveSet(obj as PySet);
      case types.frozensetType:
        return this.saveFrozenset(obj as PySet);
      case types.bytearrayType:
        return this.saveByteArray(obj as PyByteArray);
      case pickleBufferType:
        return this.savePickleBuffer(obj as PyPickleBuffer);
      default:
        return this.saveOther(obj);
    }
  }

  /** What has no opcode of its own. */
  private saveOther(obj: Value): Status {
    const { reducerOverride } = this.options;
    let reduced: Result = NotImplemented;
    if (reducerOverride !== undefined) reduced = call1(reducerOverride, obj);
    if (reduced === EXC) return EXC;
    if (reduced === NotImplemented) {
      const cls = typeOf(obj);
      if (cls === typeTypeOf()) return this.saveType(obj);
      if (cls === types.functionType) return saveGlobal(this, obj);
      const given = this.reduce(obj);
      if (given === EXC) return EXC;
      if (given === undefined) return saveGlobal(this, obj);
      reduced = given;
    }
    if (strValue(reduced) !== undefined) return saveGlobal(this, obj, reduced);
    if (!(reduced instanceof PyTuple)) {
      picklingError(`__reduce__ must return a string or tuple, not ${typeText(reduced)}`);
      return noteObject(obj, "object");
    }
    return saveReduce(this, reduced.items, obj) === EXC ? noteObject(obj, "object") : null;
  }

  /** What the object's reducing function gives; undefined for classes, which are globals. */
  private reduce(obj: Value): Value | undefined | typeof EXC {
    const cls = typeOf(obj);
    const own = this.ownReducer(cls);
    if (own === EXC) return EXC;
    if (own !== undefined) return call1(own, obj);
    if (isSubtype(cls, typeTypeOf())) return undefined;
    const reduceEx = lookupAttr(obj, "__reduce_ex__");
    if (reduceEx === EXC) return EXC;
    if (reduceEx !== undefined) return call1(reduceEx, this.protocol);
    const reduce = lookupAttr(obj, "__reduce__");
    if (reduce === EXC) return EXC;
    if (reduce !== undefined) return call0(reduce);
    return picklingError(`Can't pickle ${typeText(obj)} object`);
  }

  /** The dispatch table's function for a class. */
  private ownReducer(cls: Value): Value | undefined | typeof EXC {
    const { dispatchTable } = this.options;
    if (dispatchTable === undefined) {
      const registry = copyreg();
      return registry === EXC ? EXC : registry.dispatchTable.get(cls);
    }
    if (dispatchTable instanceof PyDict && typeOf(dispatchTable) === types.dictType) return dispatchTable.get(cls);
    const found = getItem(dispatchTable, cls);
    if (found !== EXC || !catches(keyErrorType)) return found;
    clearException();
    return undefined;
  }

  // ── memo ────────────────────────────────────────────────────────────────────────────────────────────────
  /** Gives the object on top of the stack, which is `obj`, a number. */
  memoize(obj: Value): void {
    if (this.isFast) return;
    const index = this.memo.size;
    this.memo.set(obj, index);
    const { out } = this;
    if (this.protocol >= 4) out.op(op.MEMOIZE);
    else if (!this.isBinary) out.line(op.PUT, `${index}\n`);
    else if (index < 256) out.op1(op.BINPUT, index);
    else out.op4(op.LONG_BINPUT, index);
  }
  get(index: number): void {
    const { out } = this;
    if (!this.isBinary) out.line(op.GET, `${index}\n`);
    else if (index < 256) out.op1(op.BINGET, index);
    else out.op4(op.LONG_BINGET, index);
  }

  private savePersistent(persistentId: Value, obj: Value): boolean | typeof EXC {
    const id = call1(persistentId, obj);
    if (id === EXC) return EXC;
    if (id === null) return false;
    if (this.isBinary) {
      if (this.save(id, true) === EXC) return EXC;
      this.out.op(op.BINPERSID);
      return true;
    }
    const text = str(id);
    if (text === EXC) return EXC;
    if (typeof text !== "string" || !isPlain(text)) {
      raiseArgs(unicodeEncodeErrorType, "ascii", text, 0, 1, "ordinal not in range(128)");
      clearException();
      return picklingError("persistent IDs in protocol 0 must be ASCII strings");
    }
    this.out.line(op.PERSID, `${text}\n`);
    return true;
  }

  // ── scalars ─────────────────────────────────────────────────────────────────────────────────────────────
  private saveNumber(value: number): void {
    if ((value | 0) !== value) {
      this.saveLong(value);
      return;
    }
    const { out } = this;
    if (!this.isBinary) out.line(op.INT, `${value}\n`);
    else if (value < 0 || value > 0xffff) out.op4(op.BININT, value);
    else if (value > 0xff) out.op2(op.BININT2, value);
    else out.op1(op.BININT1, value);
  }
  private saveLong(value: Int): void {
    const { out } = this;
    if (this.protocol < 2) {
      out.line(op.LONG, `${toDecimal(value, 0)}L\n`);
      return;
    }
    const bytes = encodeLong(value);
    if (bytes.length < 256) out.op1(op.LONG1, bytes.length);
    else out.op4(op.LONG4, bytes.length);
    out.latin1(bytes);
  }

  private saveStr(text: Str): Status {
    const { out } = this;
    if (!this.isBinary) {
      out.line(op.UNICODE, `${rawUnicodeEscape(text)}\n`);
    } else if (typeof text === "string" && text.length < FRAME_SIZE_TARGET) {
      const isShort = this.protocol >= 4 && text.length < 256;
      const isDone = isShort ? out.ascii(op.SHORT_BINUNICODE, 1, text) : out.ascii(op.BINUNICODE, 4, text);
      if (!isDone && this.saveUtf8(text) === EXC) return EXC;
    } else if (this.saveUtf8(text) === EXC) return EXC;
    this.memoize(text);
    return null;
  }
  private saveUtf8(text: Str): Status {
    const bytes = utf8(text);
    return this.counted(this.protocol >= 4 ? op.SHORT_BINUNICODE : 0, op.BINUNICODE, op.BINUNICODE8, bytes, () =>
      bytesFromArray(bytes),
    );
  }

  /** Bytes after the opcode that fits their number; `short` 0 when there is none of one byte. */
  private counted(short: number, medium: number, long: number, bytes: Uint8Array, payload: () => Value): Status {
    const { out } = this;
    const { length } = bytes;
    const header = (): void => {
      if (length < 256 && short !== 0) out.op1(short, length);
      else if (length < 2 ** 32 && medium !== 0) out.op4(medium, length);
      else out.op8(long, length);
    };
    const content = (): void => out.bytes(bytes);
    if (length >= FRAME_SIZE_TARGET) return out.large(header, content, payload);
    header();
    content();
    return null;
  }

  private saveBytes(obj: PyBytes): Status {
    if (this.protocol >= 3) return this.saveBytesData(obj, obj.bytes(), obj);
    if (obj.length === 0) return saveReduce(this, [types.bytesType, emptyTuple], obj);
    const encode = imported("_codecs", "encode");
    return encode === EXC ? EXC : saveReduce(this, [encode, newTuple([obj.latin1, "latin1"])], obj);
  }
  private saveBytesData(obj: Value, bytes: Uint8Array, payload?: Value): Status {
    const whole = (): Value => payload ?? bytesFromArray(bytes);
    if (this.counted(op.SHORT_BINBYTES, op.BINBYTES, op.BINBYTES8, bytes, whole) === EXC) return EXC;
    this.memoize(obj);
    return null;
  }
  private saveByteArray(obj: PyByteArray): Status {
    if (this.protocol >= 5) return this.saveByteArrayData(obj, obj.bytes(), obj);
    if (obj.length === 0) return saveReduce(this, [types.bytearrayType, emptyTuple], obj);
    return saveReduce(this, [types.bytearrayType, newTuple([bytesFromArray(obj.bytes())])], obj);
  }
  private saveByteArrayData(obj: Value, bytes: Uint8Array, payload?: Value): Status {
    const whole = (): Value => payload ?? newByteArray(bytes.slice());
    if (this.counted(0, 0, op.BYTEARRAY8, bytes, whole) === EXC) return EXC;
    this.memoize(obj);
    return null;
  }

  private savePickleBuffer(obj: PyPickleBuffer): Status {
    if (this.protocol < 5) return picklingError("PickleBuffer can only be pickled with protocol >= 5");
    const buffer = bufferOf(obj);
    if (buffer === EXC) return EXC;
    if (!isContiguousEitherWay(buffer))
      return picklingError("PickleBuffer can not be pickled when pointing to a non-contiguous buffer");
    const { bufferCallback } = this.options;
    if (bufferCallback !== null) {
      const answer = call1(bufferCallback, obj);
      const isInBand = answer === EXC ? EXC : isTrue(answer);
      if (isInBand === EXC) return EXC;
      if (!isInBand) {
        this.out.op(op.NEXT_BUFFER);
        if (buffer.readonly) this.out.op(op.READONLY_BUFFER);
        return null;
      }
    }
    const bytes = buffer.data.subarray(buffer.offset, buffer.offset + buffer.length);
    return buffer.readonly ? this.saveBytesData(obj, bytes) : this.saveByteArrayData(obj, bytes);
  }

  // ── containers ──────────────────────────────────────────────────────────────────────────────────────────
  /** In fast mode nothing is memoised, so that cycles have to be noticed otherwise. */
  private enterFast(obj: Value): Status {
    if (!this.isFast) return null;
    const isDeep = this.open.length >= FAST_NESTING_LIMIT;
    if (isDeep && this.open.includes(obj))
      return valueError(
        `fast mode: can't pickle cyclic objects including object type ${typeOf(obj).name} at 0x${idText(obj)}`,
      );
    this.open.push(obj);
    return null;
  }
  private leaveFast(status: Status): Status {
    if (this.isFast) this.open.pop();
    return status;
  }

  private saveList(obj: PyList): Status {
    if (this.enterFast(obj) === EXC) return EXC;
    const { out } = this;
    if (this.isBinary) out.op(op.EMPTY_LIST);
    else {
      out.op(op.MARK);
      out.op(op.LIST);
    }
    this.memoize(obj);
    return this.leaveFast(obj.items.length === 0 ? null : saveListItems(this, obj));
  }

  private saveDict(obj: PyDict): Status {
    if (this.enterFast(obj) === EXC) return EXC;
    const { out } = this;
    if (this.isBinary) out.op(op.EMPTY_DICT);
    else {
      out.op(op.MARK);
      out.op(op.DICT);
    }
    this.memoize(obj);
    return this.leaveFast(obj.size === 0 ? null : saveDictItems(this, obj));
  }

  private saveTuple(obj: PyTuple): Status {
    const { out } = this;
    const { items } = obj;
    const count = items.length;
    if (count === 0) {
      if (this.isBinary) out.op(op.EMPTY_TUPLE);
      else {
        out.op(op.MARK);
        out.op(op.TUPLE);
      }
      return null;
    }
    const isSmall = count <= 3 && this.protocol >= 2;
    if (!isSmall) out.op(op.MARK);
    if (this.enterFast(obj) === EXC) return EXC;
    if (this.leaveFast(saveItems(this, obj, items)) === EXC) return EXC;
    // The items may have contained the tuple itself: it is complete then, and what was put on the stack goes away.
    const known = this.memo.get(obj);
    if (known !== undefined) {
      if (!isSmall && this.isBinary) out.op(op.POP_MARK);
      else for (let i = isSmall ? 0 : -1; i < count; i++) out.op(op.POP);
      this.get(known);
      return null;
    }
    out.op(isSmall ? TUPLE_OPS[count] : op.TUPLE);
    this.memoize(obj);
    return null;
  }

  private saveSet(obj: PySet): Status {
    if (this.protocol < 4) return this.saveSetReduced(obj);
    if (this.enterFast(obj) === EXC) return EXC;
    this.out.op(op.EMPTY_SET);
    this.memoize(obj);
    return this.leaveFast(obj.size === 0 ? null : saveSetItems(this, obj));
  }
  private saveSetReduced(obj: PySet): Status {
    return saveReduce(this, [typeOf(obj), newTuple([newList(obj.values())])], obj);
  }
  private saveFrozenset(obj: PySet): Status {
    if (this.protocol < 4) return this.saveSetReduced(obj);
    if (this.enterFast(obj) === EXC) return EXC;
    return this.leaveFast(this.saveFrozenItems(obj));
  }
  private saveFrozenItems(obj: PySet): Status {
    const { out } = this;
    out.op(op.MARK);
    for (const value of obj.values()) if (this.save(value) === EXC) return noteObject(obj, "element");
    const known = this.memo.get(obj);
    if (known !== undefined) {
      out.op(op.POP_MARK);
      this.get(known);
      return null;
    }
    out.op(op.FROZENSET);
    this.memoize(obj);
    return null;
  }

  private saveType(obj: Value): Status {
    const only = obj === types.noneType ? null : obj === types.notImplementedType ? NotImplemented : Ellipsis;
    if (only === Ellipsis && obj !== types.ellipsisType) return saveGlobal(this, obj);
    return saveReduce(this, [typeTypeOf(), newTuple([only])], obj);
  }
}

function isContiguousEitherWay(buffer: PyBuffer): boolean {
  if (buffer.isContiguous) return true;
  return isContiguous([...buffer.shapeOf].reverse(), [...buffer.strides].reverse(), buffer.itemsize);
}
