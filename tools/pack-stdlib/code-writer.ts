/** Writes a module's code objects as a block of the packed library; the format is in src/importlib/packed/format.ts. */
import type { CodeConst, CodeSpec } from "../../src/compiler/code.ts";
import { CACHES } from "../../src/compiler/opcodes.ts";
import * as format from "../../src/importlib/packed/format.ts";

class Writer {
  private bytes = new Uint8Array(1024);
  length = 0;

  private reserve(count: number): void {
    if (this.length + count <= this.bytes.length) return;
    const grown = new Uint8Array(Math.max(this.bytes.length * 2, this.length + count));
    grown.set(this.bytes.subarray(0, this.length));
    this.bytes = grown;
  }

  byte(value: number): void {
    this.reserve(1);
    this.bytes[this.length++] = value;
  }

  varint(value: number): void {
    if (!Number.isSafeInteger(value) || value < 0) throw new Error(`no varint: ${value}`);
    let rest = value;
    while (rest >= 0x80) {
      this.byte((rest % 0x80) | 0x80);
      rest = Math.floor(rest / 0x80);
    }
    this.byte(rest);
  }

  float(value: number): void {
    const bytes = new Uint8Array(8);
    new DataView(bytes.buffer).setFloat64(0, value, true);
    this.raw(bytes);
  }

  raw(bytes: Uint8Array): void {
    this.reserve(bytes.length);
    this.bytes.set(bytes, this.length);
    this.length += bytes.length;
  }

  finish(): Uint8Array {
    return this.bytes.slice(0, this.length);
  }
}

/** Instructions without their inline cache units. */
function withoutCaches(code: Uint8Array): Uint8Array {
  const kept: number[] = [];
  for (let i = 0; i < code.length; i += 2 + 2 * CACHES[code[i]]) kept.push(code[i], code[i + 1]);
  return Uint8Array.from(kept);
}

class BlockWriter {
  private readonly strings = new Map<string, number>();
  private readonly codes: Uint8Array[] = [];

  string(text: string): number {
    const known = this.strings.get(text);
    if (known !== undefined) return known;
    const index = this.strings.size;
    this.strings.set(text, index);
    return index;
  }

  /** Appends a code and those inside it; returns its number. */
  code(spec: CodeSpec): number {
    const index = this.codes.length;
    this.codes.push(new Uint8Array());
    const out = new Writer();
    out.varint(this.string(spec.name));
    out.varint(this.string(spec.qualname));
    for (const value of [spec.firstlineno, spec.argcount, spec.posonlyargcount, spec.kwonlyargcount, spec.flags]) {
      out.varint(value);
    }
    out.varint(spec.stacksize);
    this.names(out, spec.localsplusnames);
    out.raw(spec.localspluskinds);
    this.names(out, spec.names);
    out.varint(spec.consts.length);
    for (const constant of spec.consts) this.constant(out, constant);
    for (const table of [withoutCaches(spec.code), spec.linetable, spec.exceptiontable]) {
      out.varint(table.length);
      out.raw(table);
    }
    this.codes[index] = out.finish();
    return index;
  }

  private names(out: Writer, names: readonly string[]): void {
    out.varint(names.length);
    for (const name of names) out.varint(this.string(name));
  }

  private constant(out: Writer, constant: CodeConst): void {
    switch (constant.t) {
      case "none":
        return out.varint(format.TAG_NONE);
      case "bool":
        return out.varint(constant.v ? format.TAG_TRUE : format.TAG_FALSE);
      case "ellipsis":
        return out.varint(format.TAG_ELLIPSIS);
      case "int":
        return this.int(out, constant.v);
      case "float":
        out.varint(format.TAG_FLOAT);
        return out.float(constant.v);
      case "complex":
        out.varint(format.TAG_COMPLEX);
        out.float(constant.re);
        return out.float(constant.im);
      case "str":
        out.varint(format.TAG_STR);
        return out.varint(this.string(constant.v));
      case "astral":
        out.varint(format.TAG_ASTRAL);
        out.varint(constant.v.length);
        return constant.v.forEach((point) => out.varint(point));
      case "bytes":
        out.varint(format.TAG_BYTES);
        return out.varint(this.string(constant.v));
      case "tuple":
      case "frozenset":
        out.varint(constant.t === "tuple" ? format.TAG_TUPLE : format.TAG_FROZENSET);
        out.varint(constant.v.length);
        return constant.v.forEach((item) => this.constant(out, item));
      case "slice":
        out.varint(format.TAG_SLICE);
        return constant.v.forEach((item) => this.constant(out, item));
      case "code":
        out.varint(format.TAG_CODE);
        return out.varint(this.code(constant.v));
    }
  }

  private int(out: Writer, value: number | bigint): void {
    if (typeof value === "number" && Math.abs(value) < 2 ** 31) {
      out.varint(format.TAG_INT);
      out.varint(value < 0 ? (-value - 1) * 2 + 1 : value * 2);
      return;
    }
    out.varint(format.TAG_BIG);
    out.varint(this.string(value.toString(16)));
  }

  finish(): Uint8Array {
    const out = new Writer();
    const wide = (text: string) => /[^\x00-\x7f]/.test(text);
    const strings = [...this.strings.keys()];
    out.varint(strings.length);
    for (const text of strings) out.varint(text.length * 2 + (wide(text) ? 1 : 0));
    for (const text of strings) if (!wide(text)) out.raw(Buffer.from(text, "latin1"));
    for (const text of strings) if (wide(text)) out.raw(Buffer.from(text, "utf16le"));
    out.varint(this.codes.length);
    for (const code of this.codes) out.varint(code.length);
    for (const code of this.codes) out.raw(code);
    return out.finish();
  }
}

export function writeModule(spec: CodeSpec): Uint8Array {
  const block = new BlockWriter();
  block.code(spec);
  return block.finish();
}
