/** Constants: the shared ones, their identity inside a code object, and truth. */
import type { Const } from "../syntax/ast.ts";
import type { CodeConst, CodeSpec } from "./code.ts";

export const NONE: Const = { t: "none" };
export const TRUE: Const = { t: "bool", v: true };
export const FALSE: Const = { t: "bool", v: false };
export const ELLIPSIS: Const = { t: "ellipsis" };

export const str = (v: string): CodeConst => ({ t: "str", v });
export const int = (v: number | bigint): CodeConst => ({ t: "int", v });
export const tuple = (v: CodeConst[]): CodeConst => ({ t: "tuple", v });
export const bool = (v: boolean): CodeConst => (v ? TRUE : FALSE);

function floatKey(v: number): string {
  return Object.is(v, -0) ? "-0" : String(v);
}

/**
 * A string equal for two constants exactly when a code object shares them: same type and value, the sign of
 * zero included.
 */
export function constKey(c: CodeConst): string {
  switch (c.t) {
    case "none":
      return "N";
    case "ellipsis":
      return "E";
    case "bool":
      return c.v ? "T" : "F";
    case "int":
      return `i${c.v}`;
    case "float":
      return `f${floatKey(c.v)}`;
    case "complex":
      return `c${floatKey(c.re)},${floatKey(c.im)}`;
    case "str":
      return `s${c.v.length}:${c.v}`;
    case "astral":
      return `a${c.v.length}:${c.v.join()}`;
    case "bytes":
      return `b${c.v.length}:${c.v}`;
    case "tuple":
      return `(${c.v.map(constKey).join()})`;
    case "frozenset":
      return `{${c.v.map(constKey).sort().join()}}`;
    case "slice":
      return `[${c.v.map(constKey).join()}]`;
    case "code":
      return codeKey(c.v);
  }
}

function bytesKey(bytes: Uint8Array): string {
  let out = "";
  for (let i = 0; i < bytes.length; i++) out += String.fromCharCode(bytes[i]);
  return out;
}

/** Two code objects are equal when all that runs or shows is: a `finally` compiled twice yields such a pair. */
function codeKey(c: CodeSpec): string {
  return [
    "C",
    c.name,
    c.firstlineno,
    c.argcount,
    c.posonlyargcount,
    c.kwonlyargcount,
    c.flags,
    bytesKey(c.code),
    c.consts.map(constKey).join(),
    c.names.join(),
    c.localsplusnames.join(),
    bytesKey(c.linetable),
    bytesKey(c.exceptiontable),
  ].join("\0");
}

/** `bool(c)`. */
export function isTrue(c: CodeConst): boolean {
  switch (c.t) {
    case "none":
      return false;
    case "bool":
      return c.v;
    case "int":
    case "float":
      // NaN is true.
      return c.v !== 0;
    case "complex":
      return c.re !== 0 || c.im !== 0;
    case "str":
    case "astral":
    case "bytes":
    case "tuple":
    case "frozenset":
      return c.v.length > 0;
    default:
      return true;
  }
}
