/**
 * Disassembles our code objects in a plain text that is easy to compare.
 *
 * Usage: tsx tools/compiler/dis.ts FILE [QUALNAME]      (FILE `-`: the source is on standard input)
 *        tsx tools/compiler/dis.ts --reference FILE.json [QUALNAME]
 */
import { readFileSync } from "node:fs";
import { compileModule } from "../../src/compiler/compile.ts";
import {
  BINARY_OPS,
  CACHES,
  COMMON_CONSTANTS,
  COMPARE_OPS,
  HAS_CONST,
  HAS_FREE,
  HAS_JUMP,
  HAS_LOCAL,
  HAS_NAME,
  INTRINSICS_1,
  INTRINSICS_2,
  OP,
  OPCODE_FLAGS,
  OPNAME,
  SPECIAL_METHODS,
} from "../../src/compiler/opcodes.ts";
import { decodeSource } from "../../src/syntax/decode.ts";
import { parse } from "../../src/syntax/parse.ts";
import { type CanonicalCode, type CanonicalConst, canonical } from "./canonical.ts";

function constText(c: CanonicalConst): string {
  if (Array.isArray(c)) return `${String(c[0])}(${c.slice(1).map(constText).join(", ")})`;
  if (typeof c !== "string") return `<code ${c.qualname}>`;
  if (/^[sb]/.test(c)) return c[0] + JSON.stringify(Buffer.from(c.slice(1), "hex").toString());
  if (c[0] === "f") return String(Buffer.from(c.slice(1), "hex").readDoubleBE());
  return c;
}

function localNames(c: CanonicalCode): string[] {
  return [...c.varnames, ...c.cellvars.filter((n) => !c.varnames.includes(n)), ...c.freevars];
}

function argText(c: CanonicalCode, op: number, arg: number, after: number): string {
  const flags = OPCODE_FLAGS[op];
  if ((flags & HAS_CONST) !== 0) return constText(c.consts[arg]);
  if (op === OP.LOAD_GLOBAL || op === OP.LOAD_ATTR) return `${c.names[arg >> 1]}${(arg & 1) !== 0 ? " +1" : ""}`;
  if (op === OP.LOAD_SUPER_ATTR) return `${c.names[arg >> 2]} ${arg & 3}`;
  if ((flags & HAS_NAME) !== 0) return c.names[arg];
  if ((flags & HAS_JUMP) !== 0) {
    const back = op === OP.JUMP_BACKWARD || op === OP.JUMP_BACKWARD_NO_INTERRUPT || op === OP.END_ASYNC_FOR;
    return `to ${back ? after - arg : after + arg}`;
  }
  const locals = localNames(c);
  if (/FAST_(BORROW_)?(LOAD|STORE)_FAST/.test(OPNAME[op])) return `${locals[arg >> 4]}, ${locals[arg & 15]}`;
  if ((flags & (HAS_LOCAL | HAS_FREE)) !== 0) return locals[arg];
  switch (op) {
    case OP.BINARY_OP:
      return BINARY_OPS[arg][1];
    case OP.COMPARE_OP:
      return `${COMPARE_OPS[arg >> 5]}${(arg & 16) !== 0 ? " bool" : ""}`;
    case OP.CALL_INTRINSIC_1:
      return INTRINSICS_1[arg];
    case OP.CALL_INTRINSIC_2:
      return INTRINSICS_2[arg];
    case OP.LOAD_SPECIAL:
      return SPECIAL_METHODS[arg];
    case OP.LOAD_COMMON_CONSTANT:
      return COMMON_CONSTANTS[arg];
  }
  return "";
}

/** One "line.col-line.col" for every code unit. */
export function positions(c: CanonicalCode): string[] {
  const table = Buffer.from(c.linetable, "hex");
  const out: string[] = [];
  let line = c.firstlineno;
  let i = 0;
  const varint = (): number => {
    let v = 0;
    for (let shift = 0; ; shift += 6) {
      const b = table[i++];
      v |= (b & 63) << shift;
      if ((b & 64) === 0) return v;
    }
  };
  const signed = (): number => {
    const v = varint();
    return (v & 1) !== 0 ? -(v >> 1) : v >> 1;
  };
  while (i < table.length) {
    const first = table[i++];
    const units = (first & 7) + 1;
    const code = (first >> 3) & 15;
    let text: string;
    if (code === 15) text = "-";
    else if (code === 14) {
      line += signed();
      const endLine = line + varint();
      const col = varint() - 1;
      text = `${line}.${col}-${endLine}.${varint() - 1}`;
    } else if (code === 13) {
      line += signed();
      text = `${line}`;
    } else if (code >= 10) {
      line += code - 10;
      text = `${line}.${table[i++]}-${line}.${table[i++]}`;
    } else {
      const b = table[i++];
      const col = (code << 3) | (b >> 4);
      text = `${line}.${col}-${line}.${col + (b & 15)}`;
    }
    for (let k = 0; k < units; k++) out.push(text);
  }
  return out;
}

function exceptionTable(c: CanonicalCode): string[] {
  const table = Buffer.from(c.exceptiontable, "hex");
  const out: string[] = [];
  let i = 0;
  const item = (): number => {
    let b = table[i++];
    let v = b & 63;
    while ((b & 64) !== 0) {
      b = table[i++];
      v = (v << 6) | (b & 63);
    }
    return v;
  };
  while (i < table.length) {
    const start = item();
    const size = item();
    const target = item();
    const dl = item();
    out.push(`  ${start} to ${start + size} -> ${target} [${dl >> 1}]${(dl & 1) !== 0 ? " lasti" : ""}`);
  }
  return out;
}

/** The code object as lines of text, nested ones after it. */
export function disassemble(c: CanonicalCode): string[] {
  const out = [
    `code ${c.qualname} line ${c.firstlineno} args ${c.argcount}/${c.posonlyargcount}/${c.kwonlyargcount} ` +
      `flags 0x${c.flags.toString(16)} stack ${c.stacksize}`,
    `  varnames ${c.varnames.join(" ")}; cellvars ${c.cellvars.join(" ")}; freevars ${c.freevars.join(" ")}`,
    `  names ${c.names.join(" ")}`,
    `  consts ${c.consts.map(constText).join(", ")}`,
  ];
  const code = Buffer.from(c.code, "hex");
  const where = positions(c);
  let extended = 0;
  for (let i = 0; i < code.length; i += 2) {
    const op = code[i];
    const arg = extended | code[i + 1];
    if (op === OP.EXTENDED_ARG) {
      extended = arg << 8;
      continue;
    }
    extended = 0;
    const unit = i / 2;
    const text = argText(c, op, arg, unit + 1 + CACHES[op]);
    out.push(`${String(unit).padStart(5)} ${OPNAME[op]} ${arg}${text === "" ? "" : ` (${text})`}  @ ${where[unit]}`);
    i += CACHES[op] * 2;
  }
  out.push(...exceptionTable(c));
  for (const k of c.consts) if (typeof k === "object" && !Array.isArray(k)) out.push(...disassemble(k));
  return out;
}

/** The nested code objects of that qualified name, or all. */
export function find(c: CanonicalCode, qualname: string): CanonicalCode[] {
  const inner = c.consts.flatMap((k) => (typeof k === "object" && !Array.isArray(k) ? find(k, qualname) : []));
  return c.qualname === qualname ? [c, ...inner] : inner;
}

function main(): void {
  const args = process.argv.slice(2);
  const isReference = args[0] === "--reference";
  const [file, qualname] = isReference ? args.slice(1) : args;
  let code: CanonicalCode;
  if (isReference) {
    code = JSON.parse(readFileSync(file, "utf8")) as CanonicalCode;
  } else {
    const text = decodeSource(readFileSync(file === "-" ? 0 : file), file);
    code = canonical(compileModule(parse(text, { filename: file, mode: "exec" }), { filename: file }));
  }
  const chosen = qualname === undefined ? [code] : find(code, qualname).map((c) => ({ ...c, consts: c.consts }));
  for (const c of chosen) console.log(disassemble(c).join("\n"));
}

if (process.argv[1]?.endsWith("dis.ts")) main();
