/** One load: runs a pickle's opcodes. Failures are thrown (`PyThrow`), with the exception pending. */
import { newByteArray, newBytes, arrayFromLatin1 } from "../../objects/bytes.ts";
import { decodeBytes } from "../../objects/codecs/codecs.ts";
import { Decoding } from "../../objects/codecs/coding.ts";
import { decodeErrors } from "../../objects/codecs/error-handlers.ts";
import { decodeRawUnicodeEscape } from "../../objects/codecs/unicode-escape.ts";
import { END, type Exc, type Result, type Value } from "../../objects/core.ts";
import { newDict } from "../../objects/dict.ts";
import { ok, overflowError, throwPending, valueError } from "../../objects/errors.ts";
import { callImported } from "../../objects/import-hook.ts";
import { newFloat } from "../../objects/float.ts";
import { newList } from "../../objects/list.ts";
import { newMemoryView } from "../../objects/memoryview.ts";
import { concat } from "../../objects/message.ts";
import { parsePlainFloat } from "../../objects/numeric/float-parse.ts";
import { parseInteger } from "../../objects/numeric/int-text.ts";
import { call1, call2 } from "../../objects/protocol/call.ts";
import { iterNext } from "../../objects/protocol/iter.ts";
import { repr } from "../../objects/protocol/object.ts";
import { rt } from "../../objects/runtime.ts";
import { newFrozenset, newSet } from "../../objects/set.ts";
import type { Str } from "../../objects/str/astral.ts";
import { emptyTuple, newTuple, PyTuple } from "../../objects/tuple.ts";
import { strType, typeOf } from "../../objects/types.ts";
import { addItems, build, extend, instantiate, newObject, reduce, setItems } from "./build.ts";
import { unpicklingError } from "./errors.ts";
import { findClass } from "./find-class.ts";
import { type Input, truncated } from "./input.ts";
import { decodeLong } from "./long.ts";
import type { LoadMemo } from "./memo-proxy.ts";
import * as op from "./opcodes.ts";
import { copyreg } from "./registries.ts";
import { decodeUtf8Slice, isPlain } from "./text.ts";

export interface LoadOptions {
  readonly fixImports: boolean;
  /** How Python 2's str is decoded; "bytes" leaves it as bytes. */
  readonly encoding: string;
  readonly errors: string;
  /** An iterator over the buffers beside the pickle. */
  readonly buffers: Value | undefined;
}
/** What a subclass of Unpickler defines; undefined means ours. */
export interface LoadHooks {
  readonly findClass: Value | undefined;
  readonly persistentLoad: Value | undefined;
}

const MAX_SIZE = "9223372036854775807";

/** Raises UnpicklingError. */
function fail(message: string): never {
  unpicklingError(message);
  return throwPending();
}

export class Loader {
  protocol = 0;
  private readonly stack: Value[] = [];
  private readonly marks: number[] = [];
  /** No item below it may be used: the last mark. */
  private fence = 0;
  private readonly doubles = new DataView(new ArrayBuffer(8));

  constructor(
    private readonly input: Input,
    private readonly memo: LoadMemo,
    private readonly options: LoadOptions,
    private readonly hooks: LoadHooks,
  ) {}

  // ── the stack ───────────────────────────────────────────────────────────────────────────────────────────
  private underflow(): never {
    return fail(this.marks.length > 0 ? "unexpected MARK found" : "unpickling stack underflow");
  }
  private pop(): Value {
    if (this.stack.length <= this.fence) return this.underflow();
    return this.stack.pop() as Value;
  }
  private top(): Value {
    if (this.stack.length <= this.fence) return this.underflow();
    return this.stack[this.stack.length - 1];
  }
  /** Takes the last mark away; where in the stack it was. */
  private mark(): number {
    const { marks } = this;
    const mark = marks.pop();
    if (mark === undefined) return fail("could not find MARK");
    this.fence = marks.length > 0 ? marks[marks.length - 1] : 0;
    return mark;
  }
  /** What is above the last mark. */
  private marked(): Value[] {
    return this.stack.splice(this.mark());
  }
  private tuple(count: number): Value {
    const { stack } = this;
    if (stack.length - this.fence < count) return this.underflow();
    return newTuple(stack.splice(stack.length - count));
  }

  // ── the loop ────────────────────────────────────────────────────────────────────────────────────────────
  run(): Value {
    const { input, stack } = this;
    for (;;) {
      const opcode = input.opcode();
      switch (opcode) {
        case op.STOP:
          return this.pop();
        case op.NONE:
          stack.push(null);
          break;
        case op.NEWTRUE:
          stack.push(true);
          break;
        case op.NEWFALSE:
          stack.push(false);
          break;
        case op.BININT1:
          stack.push(input.byte());
          break;
        case op.BININT2:
          stack.push(input.uint16());
          break;
        case op.BININT:
          stack.push(input.int32());
          break;
        case op.BINFLOAT:
          stack.push(newFloat(this.double()));
          break;
        case op.SHORT_BINUNICODE:
          stack.push(this.text(input.byte()));
          break;
        case op.BINUNICODE:
          stack.push(this.text(input.uint32()));
          break;
        case op.MEMOIZE:
          this.memo.set(this.memo.count, this.top());
          break;
        case op.BINPUT:
          this.put(input.byte());
          break;
        case op.LONG_BINPUT:
          this.put(input.uint32());
          break;
        case op.BINGET:
          stack.push(this.get(input.byte()));
          break;
        case op.LONG_BINGET:
          stack.push(this.get(input.uint32()));
          break;
        case op.MARK:
          this.fence = stack.length;
          this.marks.push(this.fence);
          break;
        case op.EMPTY_TUPLE:
          stack.push(emptyTuple);
          break;
        case op.TUPLE1:
          stack.push(this.tuple(1));
          break;
        case op.TUPLE2:
          stack.push(this.tuple(2));
          break;
        case op.TUPLE3:
          stack.push(this.tuple(3));
          break;
        case op.TUPLE:
          stack.push(newTuple(this.marked()));
          break;
        case op.EMPTY_LIST:
          stack.push(newList([]));
          break;
        case op.EMPTY_DICT:
          stack.push(newDict());
          break;
        case op.EMPTY_SET:
          stack.push(newSet());
          break;
        case op.APPEND: {
          const item = this.pop();
          ok(extend(this.top(), [item]));
          break;
        }
        case op.APPENDS: {
          const items = this.marked();
          ok(extend(this.top(), items));
          break;
        }
        case op.SETITEM: {
          const value = this.pop();
          const key = this.pop();
          ok(setItems(this.top(), [key, value]));
          break;
        }
        case op.SETITEMS: {
          const pairs = this.marked();
          ok(setItems(this.top(), pairs));
          break;
        }
        case op.BUILD: {
          const state = this.pop();
          ok(build(this.top(), state));
          break;
        }
        case op.REDUCE: {
          const args = this.pop();
          stack.push(ok(reduce(this.pop(), args)));
          break;
        }
        case op.NEWOBJ: {
          const args = this.pop();
          stack.push(ok(newObject(this.pop(), args, undefined)));
          break;
        }
        case op.STACK_GLOBAL:
          this.stackGlobal();
          break;
        case op.FRAME: {
          const size = input.size64();
          if (size < 0) this.tooLarge("FRAME length exceeds system's maximum of");
          input.frame(size);
          break;
        }
        case op.PROTO:
          this.proto(input.byte());
          break;
        default:
          this.rare(opcode);
      }
    }
  }

  /** The opcodes that are not in every pickle. */
  private rare(opcode: number): void {
    const { input, stack } = this;
    switch (opcode) {
      case op.INT:
        stack.push(this.int(input.line()));
        break;
      case op.LONG:
        stack.push(this.long(input.line()));
        break;
      case op.LONG1:
        this.counted(input.byte());
        break;
      case op.LONG4:
        this.counted(input.int32());
        break;
      case op.FLOAT:
        stack.push(this.float(input.line()));
        break;
      case op.SHORT_BINBYTES:
        stack.push(newBytes(input.bytes(input.byte())));
        break;
      case op.BINBYTES:
        stack.push(newBytes(input.bytes(input.uint32())));
        break;
      case op.BINBYTES8:
        stack.push(newBytes(input.bytes(this.size("BINBYTES"))));
        break;
      case op.BYTEARRAY8:
        stack.push(newByteArray(arrayFromLatin1(input.bytes(this.size("BYTEARRAY8")))));
        break;
      case op.BINUNICODE8:
        stack.push(this.text(this.size("BINUNICODE")));
        break;
      case op.UNICODE:
        stack.push(this.rawUnicode(withoutNewline(input.line())));
        break;
      case op.STRING:
        stack.push(this.quoted(withoutNewline(input.line())));
        break;
      case op.SHORT_BINSTRING:
        stack.push(this.oldString(input.bytes(input.byte())));
        break;
      case op.BINSTRING:
        stack.push(this.binString(input.int32()));
        break;
      case op.LIST:
        stack.push(newList(this.marked()));
        break;
      case op.DICT:
        this.dict();
        break;
      case op.FROZENSET: {
        const set = newFrozenset();
        for (const item of this.marked()) ok(set.add(item));
        stack.push(set);
        break;
      }
      case op.ADDITEMS: {
        const items = this.marked();
        ok(addItems(this.top(), items));
        break;
      }
      case op.GET:
        stack.push(this.get(this.index(input.line())));
        break;
      case op.PUT: {
        this.top();
        const index = this.index(input.line());
        if (index < 0) ok(valueError("negative PUT argument"));
        this.put(index);
        break;
      }
      case op.POP:
        if (this.marks.length > 0 && this.fence === stack.length) this.mark();
        else this.pop();
        break;
      case op.POP_MARK:
        this.marked();
        break;
      case op.DUP:
        stack.push(this.top());
        break;
      case op.NEWOBJ_EX: {
        const kwargs = this.pop();
        const args = this.pop();
        stack.push(ok(newObject(this.pop(), args, kwargs)));
        break;
      }
      case op.INST:
        this.inst();
        break;
      case op.OBJ: {
        const args = this.marked();
        if (args.length === 0) this.underflow();
        stack.push(ok(instantiate(args[0], args.slice(1))));
        break;
      }
      case op.GLOBAL:
        this.global();
        break;
      case op.EXT1:
        this.extension(input.byte());
        break;
      case op.EXT2:
        this.extension(input.uint16());
        break;
      case op.EXT4:
        this.extension(input.int32());
        break;
      case op.PERSID: {
        const id = withoutNewline(input.line());
        if (!isPlain(id)) fail("persistent IDs in protocol 0 must be ASCII strings");
        this.persistent(id);
        break;
      }
      case op.BINPERSID:
        this.persistent(this.pop());
        break;
      case op.NEXT_BUFFER:
        this.nextBuffer();
        break;
      case op.READONLY_BUFFER:
        this.readonlyBuffer();
        break;
      default:
        this.unknown(opcode);
    }
  }

  private unknown(opcode: number): never {
    const isShown = opcode >= 0x20 && opcode <= 0x7e && opcode !== 0x27 && opcode !== 0x5c;
    const shown = isShown ? String.fromCharCode(opcode) : `\\x${opcode.toString(16).padStart(2, "0")}`;
    return fail(`invalid load key, '${shown}'.`);
  }
  private proto(protocol: number): void {
    if (protocol > op.HIGHEST_PROTOCOL) ok(valueError(`unsupported pickle protocol: ${protocol}`));
    this.protocol = protocol;
  }

  // ── memo ────────────────────────────────────────────────────────────────────────────────────────────────
  private put(index: number): void {
    this.memo.set(index, this.top());
  }
  private get(index: number): Value {
    const value = this.memo.items[index];
    return value === undefined ? fail(`Memo value not found at index ${index}`) : value;
  }
  private index(line: string): number {
    const index = Number(this.decimal(line));
    if (Math.abs(index) > 2 ** 63) ok(overflowError("Python int too large to convert to C ssize_t"));
    return index;
  }

  // ── numbers ─────────────────────────────────────────────────────────────────────────────────────────────
  private double(): number {
    const { input, doubles } = this;
    const start = input.take(8);
    for (let i = 0; i < 8; i++) doubles.setUint8(i, input.data.charCodeAt(start + i));
    return doubles.getFloat64(0, false);
  }
  private size(what: string): number {
    const size = this.input.size64();
    return size < 0 ? this.tooLarge(`${what} exceeds system's maximum size of`) : size;
  }
  private tooLarge(what: string): never {
    overflowError(`${what} ${MAX_SIZE} bytes`);
    return throwPending();
  }
  private counted(size: number): void {
    if (size < 0) fail("LONG pickle has negative byte count");
    const { input } = this;
    const start = input.take(size);
    this.stack.push(decodeLong(input.data, start, start + size));
  }
  private int(line: string): Value {
    if (line.length < 2) return truncated();
    const value = parseInteger(line, 10, rt.intMaxStrDigits);
    if (value === null) return ok<Result>(valueError("could not convert string to int"));
    return line.length === 3 && (value === 0 || value === 1) ? value === 1 : value;
  }
  private long(line: string): Value {
    if (line.length < 2) return truncated();
    return this.decimal(line.endsWith("L\n") ? line.slice(0, -2) : line);
  }
  private decimal(text: string): number | bigint {
    const value = text.length < 2 && text.trim() === "" ? truncated() : parseInteger(text, 10, rt.intMaxStrDigits);
    if (value !== null) return value;
    const shown = ok(repr(text));
    valueError(concat("invalid literal for int() with base 10: ", shown));
    return throwPending();
  }
  private float(line: string): Value {
    if (line.length < 2) return truncated();
    const text = withoutNewline(line);
    const value = /^\s|\s$|_/.test(text) ? null : parsePlainFloat(text);
    if (value !== null) return newFloat(value);
    return ok<Result>(valueError(`could not convert string to float: '${line}'`));
  }

  // ── text ────────────────────────────────────────────────────────────────────────────────────────────────
  private text(size: number): Value {
    const { input } = this;
    const start = input.take(size);
    return ok(decodeUtf8Slice(input.data, start, start + size));
  }
  private rawUnicode(data: string): Value {
    if (!data.includes("\\")) return data;
    const decoding = new Decoding(data, "rawunicodeescape", decodeErrors("strict"), true);
    return decodeRawUnicodeEscape(decoding) ? decoding.out.build() : throwPending();
  }
  /** A str of Python 2. */
  private oldString(data: string): Value {
    const { encoding, errors } = this.options;
    return encoding === "bytes" ? newBytes(data) : (ok(decodeBytes(data, encoding, errors)) as Str);
  }
  private binString(size: number): Value {
    return size < 0 ? fail("BINSTRING pickle has negative byte count") : this.oldString(this.input.bytes(size));
  }
  private quoted(line: string): Value {
    const quote = line[0];
    if (line.length < 2 || (quote !== "'" && quote !== '"') || !line.endsWith(quote))
      return fail("the STRING opcode argument must be quoted");
    const inside = line.slice(1, -1);
    if (!inside.includes("\\")) return this.oldString(inside);
    const unescaped = ok(callImported("_codecs", "escape_decode", [newBytes(inside)]));
    return this.oldString(((unescaped as PyTuple).items[0] as ReturnType<typeof newBytes>).latin1);
  }

  // ── containers and objects ──────────────────────────────────────────────────────────────────────────────
  private dict(): void {
    const items = this.marked();
    if (items.length % 2 !== 0) fail("odd number of items for DICT");
    const dict = newDict();
    ok(setItems(dict, items));
    this.stack.push(dict);
  }
  private inst(): void {
    const { input } = this;
    const mark = this.mark();
    const module = this.name(input.line(), "ascii");
    const name = this.name(input.line(), "ascii");
    const cls = this.find(module, name);
    this.stack.push(ok(instantiate(cls, this.stack.splice(mark))));
  }
  private global(): void {
    const { input } = this;
    const module = this.name(input.line(), "utf-8");
    const name = this.name(input.line(), "utf-8");
    this.stack.push(this.find(module, name));
  }
  private name(line: string, encoding: string): Value {
    if (line.length < 2) return truncated();
    return ok(decodeBytes(withoutNewline(line), encoding, "strict"));
  }
  private stackGlobal(): void {
    const name = this.pop();
    const module = this.pop();
    if (typeOf(name) !== strType || typeOf(module) !== strType) fail("STACK_GLOBAL requires str");
    this.stack.push(this.find(module, name));
  }
  private find(module: Value, name: Value): Value {
    const { findClass: hook } = this.hooks;
    if (hook !== undefined) return ok(call2(hook, module, name));
    return ok(findClass(module, name, this.protocol, this.options.fixImports));
  }
  private extension(code: number): void {
    const registry = ok(copyreg());
    const cached = ok(registry.extensionCache.get(code));
    if (cached !== undefined) {
      this.stack.push(cached);
      return;
    }
    const pair = ok(registry.invertedRegistry.get(code));
    if (pair === undefined) {
      if (code <= 0) fail("EXT specifies code <= 0");
      ok(valueError(`unregistered extension code ${code}`));
    }
    if (!(pair instanceof PyTuple) || pair.items.length !== 2 || !pair.items.every(isStr)) {
      ok(valueError(`_inverted_registry[${code}] isn't a 2-tuple of strings`));
      return;
    }
    const found = this.find(pair.items[0], pair.items[1]);
    ok(registry.extensionCache.set(code, found));
    this.stack.push(found);
  }
  private persistent(id: Value): void {
    const { persistentLoad } = this.hooks;
    this.stack.push(ok(persistentLoad === undefined ? noPersistentLoad() : call1(persistentLoad, id)));
  }

  // ── buffers ─────────────────────────────────────────────────────────────────────────────────────────────
  private nextBuffer(): void {
    const { buffers } = this.options;
    if (buffers === undefined)
      return fail("pickle stream refers to out-of-band data but no *buffers* argument was given");
    const buffer = ok(iterNext(buffers));
    if (buffer === END) return fail("not enough out-of-band buffers");
    this.stack.push(buffer);
  }
  private readonlyBuffer(): void {
    const buffer = this.top();
    const view = ok(newMemoryView(buffer));
    if (view.readonly) {
      view.release();
      return;
    }
    view.readonly = true;
    this.stack[this.stack.length - 1] = view;
  }
}

const isStr = (value: Value): boolean => typeOf(value) === strType;
const withoutNewline = (line: string): string => line.slice(0, -1);

/** What `persistent_load` does unless a subclass defines it. */
export function noPersistentLoad(): Exc {
  return unpicklingError(
    "A load persistent id instruction was encountered, but no persistent_load function was specified.",
  );
}
