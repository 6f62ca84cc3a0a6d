/**
 * Arithmetic on constants, as the running program would do it, within limits that keep code objects small.
 * A result of null means: leave it to run time, be it an error or too big.
 */
import type { CodeConst } from "./code.ts";
import { bool, isTrue } from "./consts.ts";

const MAX_INT_BITS = 128;
const MAX_COLLECTION_SIZE = 256;
const MAX_STR_SIZE = 4096;
const MAX_TOTAL_ITEMS = 1024;

type IntConst = CodeConst & { t: "int" | "bool" };

function big(c: IntConst): bigint {
  return c.t === "bool" ? (c.v ? 1n : 0n) : BigInt(c.v);
}

function intConst(v: bigint): CodeConst {
  const safe = v >= BigInt(Number.MIN_SAFE_INTEGER) && v <= BigInt(Number.MAX_SAFE_INTEGER);
  return { t: "int", v: safe ? Number(v) : v };
}

const float = (v: number): CodeConst => ({ t: "float", v });
const isInt = (c: CodeConst): c is IntConst => c.t === "int" || c.t === "bool";

function bits(v: bigint): number {
  const a = v < 0n ? -v : v;
  return a === 0n ? 0 : a.toString(2).length;
}

export type UnaryFold = "-" | "~" | "not" | "+";

export function foldUnary(op: UnaryFold, c: CodeConst): CodeConst | null {
  if (op === "not") return bool(!isTrue(c));
  switch (c.t) {
    case "bool":
    case "int":
      // `~True` warns when it runs.
      if (op === "~") return c.t === "bool" ? null : intConst(~big(c));
      return intConst(op === "-" ? -big(c) : big(c));
    case "float":
      if (op === "~") return null;
      return float(op === "-" ? -c.v : c.v);
    case "complex":
      if (op === "~") return null;
      return op === "-" ? { t: "complex", re: -c.re, im: -c.im } : c;
    default:
      return null;
  }
}

/** `op` is the operator's symbol, `[]` for a subscript. */
export function foldBinary(op: string, a: CodeConst, b: CodeConst): CodeConst | null {
  if (op === "[]") return subscript(a, b);
  if (isInt(a) && isInt(b)) return intBinary(op, a, b);
  const x = toFloat(a);
  const y = toFloat(b);
  if (a.t === "complex" || b.t === "complex") return complexBinary(op, a, b);
  if (x !== null && y !== null) return floatBinary(op, x, y);
  if (op === "+") return concat(a, b);
  if (op === "*") return isInt(a) ? repeat(b, a) : isInt(b) ? repeat(a, b) : null;
  return null;
}

function toFloat(c: CodeConst): number | null {
  if (c.t === "float") return c.v;
  if (!isInt(c)) return null;
  const v = Number(big(c));
  return Number.isFinite(v) ? v : null;
}

function floorDiv(a: bigint, b: bigint): bigint {
  const q = a / b;
  return a % b !== 0n && a < 0n !== b < 0n ? q - 1n : q;
}

function intBinary(op: string, ca: IntConst, cb: IntConst): CodeConst | null {
  const a = big(ca);
  const b = big(cb);
  const logic = (v: bigint): CodeConst => (ca.t === "bool" && cb.t === "bool" ? bool(v !== 0n) : intConst(v));
  switch (op) {
    case "+":
      return intConst(a + b);
    case "-":
      return intConst(a - b);
    case "*":
      return a !== 0n && b !== 0n && bits(a) + bits(b) > MAX_INT_BITS ? null : intConst(a * b);
    case "//":
      return b === 0n ? null : intConst(floorDiv(a, b));
    case "%":
      return b === 0n ? null : intConst(a - floorDiv(a, b) * b);
    case "/":
      return trueDivide(a, b);
    case "**":
      return intPower(a, b);
    case "<<": {
      if (b < 0n) return null;
      if (a !== 0n && b !== 0n && (b > BigInt(MAX_INT_BITS) || bits(a) > MAX_INT_BITS - Number(b))) return null;
      return intConst(a << b);
    }
    case ">>":
      return b < 0n ? null : intConst(a >> b);
    case "&":
      return logic(a & b);
    case "|":
      return logic(a | b);
    case "^":
      return logic(a ^ b);
    default:
      return null;
  }
}

function intPower(a: bigint, b: bigint): CodeConst | null {
  if (b < 0n) return a === 0n ? null : floatBinary("**", Number(a), Number(b));
  const n = bits(a);
  if (b > 0n && n > 0 && b > BigInt(Math.floor(MAX_INT_BITS / n))) return null;
  return intConst(a ** b);
}

/** The quotient rounded once, as for ints of any size. */
function trueDivide(a: bigint, b: bigint): CodeConst | null {
  if (b === 0n) return null;
  const limit = BigInt(Number.MAX_SAFE_INTEGER);
  const abs = (v: bigint): bigint => (v < 0n ? -v : v);
  if (abs(a) <= limit && abs(b) <= limit) {
    const q = Number(a) / Number(b);
    return float(a === 0n ? (b < 0n ? -0 : 0) : q);
  }
  const q = ratio(abs(a), abs(b));
  if (!Number.isFinite(q)) return null;
  return float(a < 0n !== b < 0n ? -q : q);
}

/** a / b, correctly rounded: a quotient of 64 bits or more with a sticky last bit, which `Number` rounds rightly. */
function ratio(a: bigint, b: bigint): number {
  if (a === 0n) return 0;
  const shift = Math.max(0, 66 - (bits(a) - bits(b)));
  const scaled = a << BigInt(shift);
  let q = scaled / b;
  if (q * b !== scaled) q |= 1n;
  if (shift < 1000) return Number(q) / 2 ** shift;
  return Number(q) / 2 ** 1000 / 2 ** (shift - 1000);
}

function floatMod(a: number, b: number): number {
  const r = a % b;
  if (r === 0) return b < 0 ? -0 : 0;
  return r < 0 !== b < 0 ? r + b : r;
}

function floatBinary(op: string, a: number, b: number): CodeConst | null {
  switch (op) {
    case "+":
      return float(a + b);
    case "-":
      return float(a - b);
    case "*":
      return float(a * b);
    case "/":
      return b === 0 ? null : float(a / b);
    case "%":
      return b === 0 ? null : float(floatMod(a, b));
    case "//":
      return b === 0 ? null : float(floatFloorDiv(a, b));
    case "**":
      return floatPower(a, b);
    default:
      return null;
  }
}

function floatFloorDiv(a: number, b: number): number {
  const mod = floatMod(a, b);
  const div = (a - mod) / b;
  if (div === 0) return a / b < 0 || Object.is(a / b, -0) ? -0 : 0;
  const floor = Math.floor(div);
  return div - floor > 0.5 ? floor + 1 : floor;
}

function floatPower(a: number, b: number): CodeConst | null {
  if (a === 0 && b < 0) return null;
  // A negative base's fractional power is complex.
  if (a < 0 && !Number.isInteger(b) && Number.isFinite(a) && Number.isFinite(b)) {
    return complexPower({ re: a, im: 0 }, { re: b, im: 0 });
  }
  const r = Number.isInteger(b) && Math.abs(b) <= 400 ? exactPower(a, b) : b === 0.5 ? Math.sqrt(a) : a ** b;
  return Number.isFinite(r) || !Number.isFinite(a) || !Number.isFinite(b) ? float(r) : null;
}

/** A whole power correctly rounded, which `**` is not always. */
function exactPower(a: number, b: number): number {
  if (a === 0 || !Number.isFinite(a)) return a ** b;
  let exponent = 0;
  let m = Math.abs(a);
  while (!Number.isInteger(m)) {
    m *= 2;
    exponent--;
  }
  if (exponent < -60 || m > Number.MAX_SAFE_INTEGER) return a ** b;
  const n = Math.abs(b);
  const p = BigInt(m) ** BigInt(n);
  const scale = BigInt(-exponent * n);
  const r = b >= 0 ? ratio(p, 1n << scale) : ratio(1n << scale, p);
  return a < 0 && n % 2 === 1 ? -r : r;
}

interface Complex {
  re: number;
  im: number;
}

function complexBinary(op: string, a: CodeConst, b: CodeConst): CodeConst | null {
  const x = a.t === "complex" ? null : toFloat(a);
  const y = b.t === "complex" ? null : toFloat(b);
  if ((a.t !== "complex" && x === null) || (b.t !== "complex" && y === null)) return null;
  const result = (re: number, im: number): CodeConst => ({ t: "complex", re, im });
  const ca: Complex = a.t === "complex" ? a : { re: x as number, im: 0 };
  const cb: Complex = b.t === "complex" ? b : { re: y as number, im: 0 };
  switch (op) {
    case "+":
      return result(ca.re + cb.re, x !== null ? cb.im : y !== null ? ca.im : ca.im + cb.im);
    case "-":
      return result(ca.re - cb.re, x !== null ? -cb.im : y !== null ? ca.im : ca.im - cb.im);
    case "*":
      if (x !== null) return result(x * cb.re, x * cb.im);
      if (y !== null) return result(ca.re * y, ca.im * y);
      return result(ca.re * cb.re - ca.im * cb.im, ca.re * cb.im + ca.im * cb.re);
    case "/":
      if (cb.re === 0 && cb.im === 0) return null;
      if (y !== null) return result(ca.re / y, ca.im / y);
      return complexQuotient(ca, cb);
    case "**":
      return complexPower(ca, cb);
    default:
      return null;
  }
}

function complexQuotient(a: Complex, b: Complex): CodeConst {
  if (Math.abs(b.re) >= Math.abs(b.im)) {
    const r = b.im / b.re;
    const d = b.re + b.im * r;
    return { t: "complex", re: (a.re + a.im * r) / d, im: (a.im - a.re * r) / d };
  }
  const r = b.re / b.im;
  const d = b.re * r + b.im;
  return { t: "complex", re: (a.re * r + a.im) / d, im: (a.im * r - a.re) / d };
}

const product = (a: Complex, b: Complex): Complex => ({
  re: a.re * b.re - a.im * b.im,
  im: a.re * b.im + a.im * b.re,
});

function wholePower(x: Complex, n: number): Complex {
  let r: Complex = { re: 1, im: 0 };
  let p = x;
  for (let mask = 1; n >= mask; mask *= 2) {
    if ((n & mask) !== 0) r = product(r, p);
    p = product(p, p);
  }
  return r;
}

function complexPower(a: Complex, b: Complex): CodeConst | null {
  let r: Complex;
  if (b.im === 0 && Number.isInteger(b.re) && Math.abs(b.re) <= 100) {
    if (b.re < 0) {
      if (a.re === 0 && a.im === 0) return null;
      const q = complexQuotient({ re: 1, im: 0 }, wholePower(a, -b.re)) as CodeConst & { t: "complex" };
      r = { re: q.re, im: q.im };
    } else {
      r = wholePower(a, b.re);
    }
  } else if (a.re === 0 && a.im === 0) {
    if (b.im !== 0 || b.re < 0) return null;
    r = { re: 0, im: 0 };
  } else {
    const abs = Math.hypot(a.re, a.im);
    const angle = Math.atan2(a.im, a.re);
    let length = abs ** b.re;
    let phase = angle * b.re;
    if (b.im !== 0) {
      length *= Math.exp(-angle * b.im);
      phase += b.im * Math.log(abs);
    }
    r = { re: length * Math.cos(phase), im: length * Math.sin(phase) };
  }
  return Number.isFinite(r.re) && Number.isFinite(r.im) ? { t: "complex", re: r.re, im: r.im } : null;
}

// ── sequences ────────────────────────────────────────────────────────────────────────────────────────────────
function points(c: CodeConst & { t: "str" | "astral" }): number[] {
  return c.t === "astral" ? c.v : Array.from({ length: c.v.length }, (_, i) => c.v.charCodeAt(i));
}

/** A string of code points in its canonical form. */
function strOf(p: number[]): CodeConst {
  if (p.some((x) => x > 0xffff)) return { t: "astral", v: p };
  return { t: "str", v: p.map((x) => String.fromCharCode(x)).join("") };
}

function concat(a: CodeConst, b: CodeConst): CodeConst | null {
  if (a.t === "str" && b.t === "str") return { t: "str", v: a.v + b.v };
  if ((a.t === "str" || a.t === "astral") && (b.t === "str" || b.t === "astral")) {
    return strOf([...points(a), ...points(b)]);
  }
  if (a.t === "bytes" && b.t === "bytes") return { t: "bytes", v: a.v + b.v };
  if (a.t === "tuple" && b.t === "tuple") return { t: "tuple", v: [...a.v, ...b.v] };
  return null;
}

/** Items in a tuple and its tuples, or -1 when there are more than `limit`. */
function complexity(c: CodeConst, limit: number): number {
  if (c.t !== "tuple") return limit;
  let left = limit - c.v.length;
  for (const item of c.v) {
    if (left < 0) return -1;
    left = complexity(item, left);
  }
  return left;
}

function repeat(seq: CodeConst, count: IntConst): CodeConst | null {
  const big64 = big(count);
  switch (seq.t) {
    case "tuple": {
      const size = seq.v.length;
      if (size > 0) {
        if (big64 < 0n || big64 > BigInt(Math.floor(MAX_COLLECTION_SIZE / size))) return null;
        if (big64 > 0n && complexity(seq, Math.floor(MAX_TOTAL_ITEMS / Number(big64))) < 0) return null;
      }
      const out: CodeConst[] = [];
      for (let i = 0; i < (size > 0 ? Number(big64) : 0); i++) out.push(...seq.v);
      return { t: "tuple", v: out };
    }
    case "str":
    case "astral":
    case "bytes": {
      const size = seq.v.length;
      if (size > 0 && (big64 < 0n || big64 > BigInt(Math.floor(MAX_STR_SIZE / size)))) return null;
      const n = size > 0 ? Number(big64) : 0;
      if (seq.t === "bytes") return { t: "bytes", v: seq.v.repeat(n) };
      if (seq.t === "str") return { t: "str", v: seq.v.repeat(n) };
      return strOf(Array.from({ length: n }, () => seq.v).flat());
    }
    default:
      return null;
  }
}

function subscript(seq: CodeConst, index: CodeConst): CodeConst | null {
  if (seq.t !== "tuple" && seq.t !== "str" && seq.t !== "astral" && seq.t !== "bytes") return null;
  const n = seq.v.length;
  if (isInt(index)) {
    const v = big(index);
    const i = v < 0n ? v + BigInt(n) : v;
    if (i < 0n || i >= BigInt(n)) return null;
    return itemAt(seq, Number(i));
  }
  if (index.t !== "slice") return null;
  const range = sliceRange(index.v, n);
  if (range === null) return null;
  switch (seq.t) {
    case "tuple":
      return { t: "tuple", v: range.map((i) => seq.v[i]) };
    case "bytes":
      return { t: "bytes", v: range.map((i) => seq.v[i]).join("") };
    default: {
      const all = points(seq);
      return strOf(range.map((i) => all[i]));
    }
  }
}

function itemAt(seq: CodeConst & { t: "tuple" | "str" | "astral" | "bytes" }, i: number): CodeConst {
  switch (seq.t) {
    case "tuple":
      return seq.v[i];
    case "str":
      return { t: "str", v: seq.v[i] };
    case "bytes":
      return { t: "int", v: seq.v.charCodeAt(i) };
    case "astral":
      return strOf([seq.v[i]]);
  }
}

/** The indices a constant slice selects of `n` items; null when a part is no int. */
function sliceRange(parts: readonly CodeConst[], n: number): number[] | null {
  const [lower, upper, step] = parts;
  const part = (c: CodeConst): bigint | null | undefined => (c.t === "none" ? null : isInt(c) ? big(c) : undefined);
  const lo = part(lower);
  const hi = part(upper);
  const st = part(step);
  if (lo === undefined || hi === undefined || st === undefined || st === 0n) return null;
  const by = st === null ? 1 : Number(st);
  const clamp = (v: bigint, min: number, max: number): number => {
    const i = v < 0n ? v + BigInt(n) : v;
    return i < BigInt(min) ? min : i > BigInt(max) ? max : Number(i);
  };
  const start = lo === null ? (by < 0 ? n - 1 : 0) : clamp(lo, by < 0 ? -1 : 0, by < 0 ? n - 1 : n);
  const stop = hi === null ? (by < 0 ? -1 : n) : clamp(hi, by < 0 ? -1 : 0, by < 0 ? n - 1 : n);
  const out: number[] = [];
  for (let i = start; by > 0 ? i < stop : i > stop; i += by) out.push(i);
  return out;
}
