/** Arithmetic: binary operators try the right operand's class first when it is a subclass. Objects/abstract.c. */
import { EXC, type Exc, type PyType, type Result, type SlotName, type Value, isSubtype } from "../core.ts";
import { typeError } from "../errors.ts";
import { NotImplemented } from "../singletons.ts";
import { typeOf } from "../types.ts";
import { asSize } from "./convert.ts";

export type BinarySlot = Extract<SlotName, `nb_${string}`>;
/** Reads a slot: a function for each, since V8 looks up a property whose name is a variable in a table each time. */
type Reader<F> = (type: PyType) => F | null;
type Unary = (a: Value) => Result;
type Binary = (a: Value, b: Value) => Result;

/** Tries the slot of both operands; NotImplemented when neither knows. */
function binary1(a: Value, b: Value, slot: Reader<Binary>): Result {
  const typeA = typeOf(a);
  const typeB = typeOf(b);
  const slotA = slot(typeA);
  let slotB = typeA === typeB ? null : slot(typeB);
  if (slotB === slotA) slotB = null;
  if (slotA !== null) {
    if (slotB !== null && isSubtype(typeB, typeA)) {
      const result = slotB(a, b);
      if (result !== NotImplemented) return result;
      slotB = null;
    }
    const result = slotA(a, b);
    if (result !== NotImplemented) return result;
  }
  return slotB === null ? NotImplemented : slotB(a, b);
}
/**
 * The rest of `a op b` after the method of the operand that is asked first, an instance of a class written in Python,
 * has given NotImplemented. `reflected`: that was the right one, and the left one had been asked before.
 */
export function binaryRest(a: Value, b: Value, slot: BinarySlot, symbol: string, reflected: boolean): Result {
  if (typeOf(a) === typeOf(b) || reflected) return unsupported(a, b, symbol);
  const other = typeOf(b)[slot] as ((a: Value, b: Value, mod: Value) => Result) | null;
  const result = other === null ? NotImplemented : other(a, b, null);
  if (result !== NotImplemented) return result;
  const { sq_repeat } = typeOf(b);
  return slot === "nb_multiply" && sq_repeat !== null ? repeat(sq_repeat, b, a) : unsupported(a, b, symbol);
}
function unsupported(a: Value, b: Value, symbol: string): Exc {
  return typeError(`unsupported operand type(s) for ${symbol}: '${typeOf(a).name}' and '${typeOf(b).name}'`);
}
function binary(slot: Reader<Binary>, symbol: string): (a: Value, b: Value) => Result {
  return (a, b) => {
    const result = binary1(a, b, slot);
    return result === NotImplemented ? unsupported(a, b, symbol) : result;
  };
}

export const subtract = binary((t) => t.nb_subtract, "-");
export const matrixMultiply = binary((t) => t.nb_matrix_multiply, "@");
export const trueDivide = binary((t) => t.nb_true_divide, "/");
export const floorDivide = binary((t) => t.nb_floor_divide, "//");
export const remainder = binary((t) => t.nb_remainder, "%");
export const divmod = binary((t) => t.nb_divmod, "divmod()");
export const lshift = binary((t) => t.nb_lshift, "<<");
export const rshift = binary((t) => t.nb_rshift, ">>");
export const and = binary((t) => t.nb_and, "&");
export const or = binary((t) => t.nb_or, "|");
export const xor = binary((t) => t.nb_xor, "^");

const addOf: Reader<Binary> = (t) => t.nb_add;
const multiplyOf: Reader<Binary> = (t) => t.nb_multiply;

export function add(a: Value, b: Value): Result {
  const result = binary1(a, b, addOf);
  if (result !== NotImplemented) return result;
  const { sq_concat } = typeOf(a);
  return sq_concat === null ? unsupported(a, b, "+") : sq_concat(a, b);
}
export function multiply(a: Value, b: Value): Result {
  const result = binary1(a, b, multiplyOf);
  if (result !== NotImplemented) return result;
  const left = typeOf(a).sq_repeat;
  if (left !== null) return repeat(left, a, b);
  const right = typeOf(b).sq_repeat;
  return right === null ? unsupported(a, b, "*") : repeat(right, b, a);
}
function repeat(slot: (self: Value, count: number) => Result, sequence: Value, count: Value): Result {
  if (typeof count !== "number" && typeOf(count).nb_index === null) {
    return typeError(`can't multiply sequence by non-int of type '${typeOf(count).name}'`);
  }
  const n = asSize(count);
  return n === EXC ? EXC : slot(sequence, n);
}

/** `pow(a, b, mod)`; `mod` null (None) for `a ** b`. */
export function power(a: Value, b: Value, mod: Value = null): Result {
  const result = power1(a, b, mod, "nb_power");
  if (result !== NotImplemented) return result;
  if (mod === null) return unsupported(a, b, "** or pow()");
  return typeError(
    `unsupported operand type(s) for ** or pow(): '${typeOf(a).name}', '${typeOf(b).name}', '${typeOf(mod).name}'`,
  );
}
function power1(a: Value, b: Value, mod: Value, slot: "nb_power" | "nb_inplace_power"): Result {
  const typeA = typeOf(a);
  const typeB = typeOf(b);
  const slotA = typeA.nb_power;
  if (slot === "nb_inplace_power" && typeA.nb_inplace_power !== null) {
    const result = typeA.nb_inplace_power(a, b, mod);
    if (result !== NotImplemented) return result;
  }
  let slotB = typeA === typeB ? null : typeB.nb_power;
  if (slotB === slotA) slotB = null;
  if (slotA !== null) {
    if (slotB !== null && isSubtype(typeB, typeA)) {
      const result = slotB(a, b, mod);
      if (result !== NotImplemented) return result;
      slotB = null;
    }
    const result = slotA(a, b, mod);
    if (result !== NotImplemented) return result;
  }
  if (slotB !== null) {
    const result = slotB(a, b, mod);
    if (result !== NotImplemented) return result;
  }
  if (mod === null) return NotImplemented;
  const slotM = typeOf(mod).nb_power;
  return slotM === null || slotM === slotA || slotM === slotB ? NotImplemented : slotM(a, b, mod);
}
export function inplacePower(a: Value, b: Value): Result {
  const result = power1(a, b, null, "nb_inplace_power");
  return result === NotImplemented ? unsupported(a, b, "**=") : result;
}

function inplace(inplaceSlot: Reader<Binary>, slot: Reader<Binary>, symbol: string): (a: Value, b: Value) => Result {
  return (a, b) => {
    const own = inplaceSlot(typeOf(a));
    if (own !== null) {
      const result = own(a, b);
      if (result !== NotImplemented) return result;
    }
    const result = binary1(a, b, slot);
    return result === NotImplemented ? unsupported(a, b, symbol) : result;
  };
}
export const inplaceSubtract = inplace(
  (t) => t.nb_inplace_subtract,
  (t) => t.nb_subtract,
  "-=",
);
export const inplaceMatrixMultiply = inplace(
  (t) => t.nb_inplace_matrix_multiply,
  (t) => t.nb_matrix_multiply,
  "@=",
);
export const inplaceTrueDivide = inplace(
  (t) => t.nb_inplace_true_divide,
  (t) => t.nb_true_divide,
  "/=",
);
export const inplaceFloorDivide = inplace(
  (t) => t.nb_inplace_floor_divide,
  (t) => t.nb_floor_divide,
  "//=",
);
export const inplaceRemainder = inplace(
  (t) => t.nb_inplace_remainder,
  (t) => t.nb_remainder,
  "%=",
);
export const inplaceLshift = inplace(
  (t) => t.nb_inplace_lshift,
  (t) => t.nb_lshift,
  "<<=",
);
export const inplaceRshift = inplace(
  (t) => t.nb_inplace_rshift,
  (t) => t.nb_rshift,
  ">>=",
);
export const inplaceAnd = inplace(
  (t) => t.nb_inplace_and,
  (t) => t.nb_and,
  "&=",
);
export const inplaceOr = inplace(
  (t) => t.nb_inplace_or,
  (t) => t.nb_or,
  "|=",
);
export const inplaceXor = inplace(
  (t) => t.nb_inplace_xor,
  (t) => t.nb_xor,
  "^=",
);

export function inplaceAdd(a: Value, b: Value): Result {
  const type = typeOf(a);
  if (type.nb_inplace_add !== null) {
    const result = type.nb_inplace_add(a, b);
    if (result !== NotImplemented) return result;
  }
  const result = binary1(a, b, addOf);
  if (result !== NotImplemented) return result;
  const concat = type.sq_inplace_concat ?? type.sq_concat;
  return concat === null ? unsupported(a, b, "+=") : concat(a, b);
}
export function inplaceMultiply(a: Value, b: Value): Result {
  const type = typeOf(a);
  if (type.nb_inplace_multiply !== null) {
    const result = type.nb_inplace_multiply(a, b);
    if (result !== NotImplemented) return result;
  }
  const result = binary1(a, b, multiplyOf);
  if (result !== NotImplemented) return result;
  const left = type.sq_inplace_repeat ?? type.sq_repeat;
  if (left !== null) return repeat(left, a, b);
  const right = typeOf(b).sq_repeat;
  return right === null ? unsupported(a, b, "*=") : repeat(right, b, a);
}

function unary(slot: Reader<Unary>, what: string): Unary {
  return (a) => {
    const type = typeOf(a);
    const own = slot(type);
    return own === null ? typeError(`bad operand type for ${what}: '${type.name}'`) : own(a);
  };
}
export const negative = unary((t) => t.nb_negative, "unary -");
export const positive = unary((t) => t.nb_positive, "unary +");
export const absolute = unary((t) => t.nb_absolute, "abs()");
export const invert = unary((t) => t.nb_invert, "unary ~");
