/** Argument conversions as CPython's Argument Clinic makes them, for native modules. */
import { EXC, type Exc, type Value } from "../../objects/core.ts";
import { overflowError } from "../../objects/errors.ts";
import { asIndex } from "../../objects/protocol/convert.ts";

/** A `Py_ssize_t` parameter: a safe integer; values between 2**53 and 2**63 are clipped. */
export function asSsize(value: Value): number | Exc {
  if (typeof value === "number") return value;
  const index = asIndex(value);
  if (index === EXC || typeof index === "number") return index;
  if (BigInt.asIntN(64, index) !== index) return overflowError("Python int too large to convert to C ssize_t");
  return index < 0n ? -Number.MAX_SAFE_INTEGER : Number.MAX_SAFE_INTEGER;
}

/** A C `unsigned int` parameter without overflow check: the low 32 bits. */
export function asUint32Mask(value: Value): number | Exc {
  const index = asIndex(value);
  if (index === EXC) return EXC;
  return typeof index === "number"
    ? index >>> 0 || Number(BigInt.asUintN(32, BigInt(index)))
    : Number(BigInt.asUintN(32, index));
}

/** A C `int` parameter. */
export function asInt(value: Value): number | Exc {
  const index = asIndex(value);
  if (index === EXC) return EXC;
  if (typeof index === "number" && (index | 0) === index) return index;
  if (typeof index === "bigint" && BigInt.asIntN(64, index) !== index)
    return overflowError("Python int too large to convert to C long");
  return overflowError(index > 0 ? "signed integer is greater than maximum" : "signed integer is less than minimum");
}
