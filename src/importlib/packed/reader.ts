/**
 * Reads a module's block of the packed library (`format.ts`): strings on demand, code objects lazily. A code object's
 * body is decoded when one of its fields is first asked for, so that importing a module costs what it executes.
 */
import type { CodeConst, CodeSpec } from "../../compiler/code.ts";
import { CACHES } from "../../compiler/opcodes.ts";
import {
  TAG_ASTRAL,
  TAG_BIG,
  TAG_BYTES,
  TAG_CODE,
  TAG_COMPLEX,
  TAG_ELLIPSIS,
  TAG_FALSE,
  TAG_FLOAT,
  TAG_FROZENSET,
  TAG_INT,
  TAG_NONE,
  TAG_SLICE,
  TAG_STR,
  TAG_TRUE,
  TAG_TUPLE,
} from "./format.ts";

/** A cursor over bytes. */
class Cursor {
  constructor(
    readonly bytes: Uint8Array,
    public at: number,
  ) {}

  varint(): number {
    const { bytes } = this;
    let byte = bytes[this.at++];
    if (byte < 0x80) return byte;
    let value = byte & 0x7f;
    let scale = 0x80;
    do {
      byte = bytes[this.at++];
      value += (byte & 0x7f) * scale;
      scale *= 0x80;
    } while (byte >= 0x80);
    return value;
  }

  float(): number {
    const value = new DataView(this.bytes.buffer, this.bytes.byteOffset + this.at, 8).getFloat64(0, true);
    this.at += 8;
    return value;
  }

  take(length: number): Uint8Array {
    const start = this.at;
    this.at += length;
    return this.bytes.subarray(start, this.at);
  }
}

/** The strings and codes of one module. */
class ModuleBlock {
  /** Where string `i` starts, in `ascii` or in `wide`; its length and kind in `lengths`. */
  private readonly starts: Int32Array;
  private readonly lengths: Int32Array;
  private readonly ascii: string;
  private readonly wide: Uint8Array;
  private readonly cache: (string | undefined)[];
  private readonly codeStarts: Int32Array;

  constructor(
    readonly bytes: Uint8Array,
    readonly filename: string,
  ) {
    const cursor = new Cursor(bytes, 0);
    const count = cursor.varint();
    this.starts = new Int32Array(count);
    this.lengths = new Int32Array(count);
    this.cache = new Array<string | undefined>(count).fill(undefined);
    let asciiLength = 0;
    let wideLength = 0;
    for (let i = 0; i < count; i++) {
      const coded = cursor.varint();
      this.lengths[i] = coded;
      if (coded & 1) {
        this.starts[i] = wideLength;
        wideLength += coded - 1;
      } else {
        this.starts[i] = asciiLength;
        asciiLength += coded >> 1;
      }
    }
    this.ascii = new TextDecoder().decode(cursor.take(asciiLength));
    this.wide = cursor.take(wideLength);
    const codes = cursor.varint();
    this.codeStarts = new Int32Array(codes);
    let start = 0;
    for (let i = 0; i < codes; i++) {
      this.codeStarts[i] = start;
      start += cursor.varint();
    }
    for (let i = 0; i < codes; i++) this.codeStarts[i] += cursor.at;
  }

  string(index: number): string {
    return this.cache[index] ?? this.readString(index);
  }

  private readString(index: number): string {
    const coded = this.lengths[index];
    const start = this.starts[index];
    let text = "";
    if (coded & 1) {
      for (let i = start; i < start + coded - 1; i += 2) {
        text += String.fromCharCode(this.wide[i] | (this.wide[i + 1] << 8));
      }
    } else {
      text = this.ascii.slice(start, start + (coded >> 1));
    }
    this.cache[index] = text;
    return text;
  }

  code(index: number): PackedCode {
    return new PackedCode(this, this.codeStarts[index]);
  }

  constant(cursor: Cursor): CodeConst {
    const tag = cursor.varint();
    switch (tag) {
      case TAG_NONE:
        return { t: "none" };
      case TAG_TRUE:
        return { t: "bool", v: true };
      case TAG_FALSE:
        return { t: "bool", v: false };
      case TAG_ELLIPSIS:
        return { t: "ellipsis" };
      case TAG_INT: {
        const coded = cursor.varint();
        return { t: "int", v: coded & 1 ? -Math.floor(coded / 2) - 1 : Math.floor(coded / 2) };
      }
      case TAG_BIG:
        return { t: "int", v: parseHex(this.string(cursor.varint())) };
      case TAG_FLOAT:
        return { t: "float", v: cursor.float() };
      case TAG_COMPLEX:
        return { t: "complex", re: cursor.float(), im: cursor.float() };
      case TAG_STR:
        return { t: "str", v: this.string(cursor.varint()) };
      case TAG_ASTRAL:
        return { t: "astral", v: this.many(cursor, (c) => c.varint()) };
      case TAG_BYTES:
        return { t: "bytes", v: this.string(cursor.varint()) };
      case TAG_TUPLE:
        return { t: "tuple", v: this.many(cursor, (c) => this.constant(c)) };
      case TAG_FROZENSET:
        return { t: "frozenset", v: this.many(cursor, (c) => this.constant(c)) };
      case TAG_SLICE:
        return { t: "slice", v: [this.constant(cursor), this.constant(cursor), this.constant(cursor)] };
      case TAG_CODE:
        return { t: "code", v: this.code(cursor.varint()) };
      default:
        throw new Error(`packed library: unknown constant ${tag} in ${this.filename}`);
    }
  }

  many<T>(cursor: Cursor, read: (cursor: Cursor) => T): T[] {
    const count = cursor.varint();
    const items = new Array<T>(count);
    for (let i = 0; i < count; i++) items[i] = read(cursor);
    return items;
  }
}

function parseHex(text: string): number | bigint {
  const value = text.startsWith("-") ? -BigInt(`0x${text.slice(1)}`) : BigInt(`0x${text}`);
  const small = Number(value);
  return Number.isSafeInteger(small) ? small : value;
}

/** Puts the inline cache units back, which are all zero and not stored. */
function withCaches(stored: Uint8Array): Uint8Array {
  let length = stored.length;
  for (let i = 0; i < stored.length; i += 2) length += 2 * CACHES[stored[i]];
  const code = new Uint8Array(length);
  for (let i = 0, to = 0; i < stored.length; i += 2) {
    code[to] = stored[i];
    code[to + 1] = stored[i + 1];
    to += 2 + 2 * CACHES[stored[i]];
  }
  return code;
}

/** The part of a code object that only running it needs. */
type Body = Pick<
  CodeSpec,
  "stacksize" | "localsplusnames" | "localspluskinds" | "names" | "consts" | "linetable" | "exceptiontable"
> & { compactCode: Uint8Array };

/** A code object of the packed library; its body is read on first use. */
class PackedCode implements CodeSpec {
  readonly name: string;
  readonly qualname: string;
  readonly firstlineno: number;
  readonly argcount: number;
  readonly posonlyargcount: number;
  readonly kwonlyargcount: number;
  readonly flags: number;
  private readonly bodyStart: number;
  private loaded: Body | null = null;

  constructor(
    private readonly block: ModuleBlock,
    start: number,
  ) {
    const cursor = new Cursor(block.bytes, start);
    this.name = block.string(cursor.varint());
    this.qualname = block.string(cursor.varint());
    this.firstlineno = cursor.varint();
    this.argcount = cursor.varint();
    this.posonlyargcount = cursor.varint();
    this.kwonlyargcount = cursor.varint();
    this.flags = cursor.varint();
    this.bodyStart = cursor.at;
  }

  private get body(): Body {
    if (this.loaded === null) {
      const { block } = this;
      const cursor = new Cursor(block.bytes, this.bodyStart);
      const name = (c: Cursor) => block.string(c.varint());
      const stacksize = cursor.varint();
      const localsplusnames = block.many(cursor, name);
      const localspluskinds = cursor.take(localsplusnames.length);
      const names = block.many(cursor, name);
      const consts = block.many(cursor, (c) => block.constant(c));
      const compactCode = cursor.take(cursor.varint());
      const linetable = cursor.take(cursor.varint());
      const exceptiontable = cursor.take(cursor.varint());
      this.loaded = {
        stacksize,
        localsplusnames,
        localspluskinds,
        names,
        consts,
        compactCode,
        linetable,
        exceptiontable,
      };
    }
    return this.loaded;
  }

  get filename(): string {
    return this.block.filename;
  }
  get stacksize(): number {
    return this.body.stacksize;
  }
  get localsplusnames(): string[] {
    return this.body.localsplusnames;
  }
  get localspluskinds(): Uint8Array {
    return this.body.localspluskinds;
  }
  get names(): string[] {
    return this.body.names;
  }
  get consts(): CodeConst[] {
    return this.body.consts;
  }
  get compactCode(): Uint8Array {
    return this.body.compactCode;
  }
  get code(): Uint8Array {
    return withCaches(this.body.compactCode);
  }
  get linetable(): Uint8Array {
    return this.body.linetable;
  }
  get exceptiontable(): Uint8Array {
    return this.body.exceptiontable;
  }
}

/** The code object of a module: `bytes` is its block, `filename` what `co_filename` shall be. */
export function readModule(bytes: Uint8Array, filename: string): CodeSpec {
  return new ModuleBlock(bytes, filename).code(0);
}
