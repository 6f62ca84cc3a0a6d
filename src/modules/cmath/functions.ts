/**
 * Elementary functions of complex numbers: Kahan's formulas ("Branch cuts for complex elementary functions", 1987) for
 * finite arguments, C99 Annex G for infinities and NaN.
 *
 * A domain error, where C sets errno to EDOM, is thrown as NumericError; infinite results of finite arguments too.
 */
import type { Complex } from "../../objects/numeric/complex-math.ts";
import * as m from "../../objects/numeric/libm-core.ts";
import { NumericError } from "../../objects/numeric/numeric-error.ts";

const LN2 = 0.6931471805599453;
const HALF_PI = Math.PI / 2;
const LARGE = Number.MAX_VALUE / 4;
const SQRT_LARGE = Math.sqrt(LARGE);
const LOG_LARGE = 708.3964185322641;
const SMALLEST_NORMAL = 2.2250738585072014e-308;
const SQRT_SMALLEST = Math.sqrt(SMALLEST_NORMAL);
const E = Math.E;

const isFinite = (x: number): boolean => x - x === 0;
const isInf = (x: number): boolean => x === Infinity || x === -Infinity;
const isNaN = (x: number): boolean => x !== x;
const isNegative = (x: number): boolean => x < 0 || Object.is(x, -0);
const copysign = (x: number, y: number): number => (isNegative(y) ? -Math.abs(x) : Math.abs(x));

export function domainError(): never {
  throw new NumericError("ValueError", "math domain error");
}

function checked(result: Complex): Complex {
  if (isInf(result[0]) || isInf(result[1])) throw new NumericError("OverflowError", "math range error");
  return result;
}

export function sqrt([re, im]: Complex): Complex {
  if (!isFinite(re) || !isFinite(im)) {
    if (isInf(im)) return [Infinity, im];
    if (isNaN(re)) return [re, Number.NaN];
    if (re === Infinity) return [Infinity, isNaN(im) ? im : copysign(0, im)];
    if (re === -Infinity) return isNaN(im) ? [im, Infinity] : [0, copysign(Infinity, im)];
    return [Number.NaN, Number.NaN];
  }
  if (re === 0 && im === 0) return [0, im];
  let ax = Math.abs(re);
  const ay = Math.abs(im);
  let s: number;
  if (ax < SMALLEST_NORMAL && ay < SMALLEST_NORMAL && (ax > 0 || ay > 0)) {
    // Subnormal parts are scaled up to keep their bits.
    ax *= 2 ** 54;
    s = Math.sqrt((ax + m.hypot(ax, ay * 2 ** 54)) / 2) * 2 ** -27;
  } else {
    ax /= 8;
    s = 2 * Math.sqrt(ax + m.hypot(ax, ay / 8));
  }
  const d = ay / (2 * s);
  return re >= 0 ? [s, copysign(d, im)] : [d, copysign(s, im)];
}

/** log of the modulus, for parts near overflow. */
function logLarge(re: number, im: number): number {
  return m.log(m.hypot(re / 2, im / 2)) + LN2 * 2;
}

export function acos([re, im]: Complex): Complex {
  if (!isFinite(re) || !isFinite(im)) {
    if (isInf(im)) return [isNaN(re) ? re : m.atan2(Math.abs(im), re), -im];
    if (isInf(re)) return isNaN(im) ? [im, Infinity] : [m.atan2(Math.abs(im), re), copysign(Infinity, -im)];
    return [re === 0 ? HALF_PI : Number.NaN, Number.NaN];
  }
  if (Math.abs(re) > LARGE || Math.abs(im) > LARGE) {
    const magnitude = logLarge(re, im);
    return [m.atan2(Math.abs(im), re), copysign(magnitude, -im)];
  }
  const s1 = sqrt([1 - re, -im]);
  const s2 = sqrt([1 + re, im]);
  return [2 * m.atan2(s1[0], s2[0]), m.asinh(s2[0] * s1[1] - s2[1] * s1[0])];
}

export function acosh([re, im]: Complex): Complex {
  if (!isFinite(re) || !isFinite(im)) {
    if (isInf(re) || isInf(im)) {
      return [Infinity, isNaN(re) || isNaN(im) ? Number.NaN : m.atan2(im, re)];
    }
    return [Number.NaN, re === 0 ? HALF_PI : Number.NaN];
  }
  if (Math.abs(re) > LARGE || Math.abs(im) > LARGE) return [logLarge(re, im), m.atan2(im, re)];
  const s1 = sqrt([re - 1, im]);
  const s2 = sqrt([re + 1, im]);
  return [m.asinh(s1[0] * s2[0] + s1[1] * s2[1]), 2 * m.atan2(s1[1], s2[0])];
}

export function asinh([re, im]: Complex): Complex {
  if (!isFinite(re) || !isFinite(im)) {
    if (isInf(re)) {
      return [re, isNaN(im) ? im : isInf(im) ? copysign(Math.PI / 4, im) : copysign(0, im)];
    }
    if (isInf(im)) return isNaN(re) ? [Infinity, re] : [copysign(Infinity, re), copysign(HALF_PI, im)];
    return [Number.NaN, im === 0 ? im : Number.NaN];
  }
  if (Math.abs(re) > LARGE || Math.abs(im) > LARGE) {
    return [copysign(logLarge(re, im), re), m.atan2(im, Math.abs(re))];
  }
  const s1 = sqrt([1 + im, -re]);
  const s2 = sqrt([1 - im, re]);
  return [m.asinh(s1[0] * s2[1] - s2[0] * s1[1]), m.atan2(im, s1[0] * s2[0] - s1[1] * s2[1])];
}

/** f(z) = −i g(iz). */
function rotated(g: (z: Complex) => Complex): (z: Complex) => Complex {
  return ([re, im]) => {
    const [a, b] = g([-im, re]);
    return [b, -a];
  };
}

export const asin = rotated(asinh);

export function atanh([re, im]: Complex): Complex {
  if (!isFinite(re) || !isFinite(im)) {
    if (isInf(re)) return [copysign(0, re), isNaN(im) ? im : copysign(HALF_PI, im)];
    if (isInf(im)) return [isNaN(re) ? 0 : copysign(0, re), copysign(HALF_PI, im)];
    return [re === 0 ? re : Number.NaN, Number.NaN];
  }
  if (isNegative(re)) {
    const [a, b] = atanh([-re, -im]);
    return [-a, -b];
  }
  const ay = Math.abs(im);
  if (re > SQRT_LARGE || ay > SQRT_LARGE) {
    const h = m.hypot(re / 2, ay / 2);
    return [re / 4 / h / h, -copysign(HALF_PI, -im)];
  }
  if (re === 1 && ay < SQRT_SMALLEST) {
    if (ay === 0) domainError();
    return [-m.log(Math.sqrt(ay) / Math.sqrt(m.hypot(ay, 2))), copysign(m.atan2(2, -ay) / 2, im)];
  }
  const down = 1 - re;
  return [m.log1p((4 * re) / (down * down + ay * ay)) / 4, -m.atan2(-2 * im, down * (1 + re) - ay * ay) / 2];
}

export const atan = rotated(atanh);

export function cosh([re, im]: Complex): Complex {
  if (!isFinite(re) || !isFinite(im)) {
    if (isInf(im) && !isNaN(re)) domainError();
    if (isInf(re)) {
      if (isNaN(im)) return [Infinity, im];
      if (im === 0) return [Infinity, copysign(0, isNegative(re) ? -im : im)];
      const sine = copysign(Infinity, m.sin(im));
      return [copysign(Infinity, m.cos(im)), re > 0 ? sine : -sine];
    }
    return [Number.NaN, re === 0 || im === 0 ? 0 : Number.NaN];
  }
  if (Math.abs(re) > LOG_LARGE) {
    const x = re - copysign(1, re);
    return checked([m.cos(im) * m.cosh(x) * E, m.sin(im) * m.sinh(x) * E]);
  }
  return checked([m.cos(im) * m.cosh(re), m.sin(im) * m.sinh(re)]);
}

export function cos([re, im]: Complex): Complex {
  return cosh([-im, re]);
}

export function exp([re, im]: Complex): Complex {
  if (!isFinite(re) || !isFinite(im)) {
    if (isInf(im) && (isFinite(re) || re === Infinity)) domainError();
    if (isInf(re) && isFinite(im) && im !== 0) {
      const size = re > 0 ? Infinity : 0;
      return [copysign(size, m.cos(im)), copysign(size, m.sin(im))];
    }
    if (re === -Infinity) return [0, im === 0 ? im : 0];
    if (re === Infinity) return [Infinity, im];
    return [Number.NaN, im === 0 ? im : Number.NaN];
  }
  if (re > LOG_LARGE) {
    const l = m.exp(re - 1);
    return checked([l * m.cos(im) * E, l * m.sin(im) * E]);
  }
  const l = m.exp(re);
  return checked([l * m.cos(im), l * m.sin(im)]);
}

/** Without the domain error at zero. */
function logUnchecked([re, im]: Complex): Complex {
  const ax = Math.abs(re);
  const ay = Math.abs(im);
  const angle = m.atan2(im, re);
  if (ax > LARGE || ay > LARGE) return [m.log(m.hypot(ax / 2, ay / 2)) + LN2, angle];
  if (ax < SMALLEST_NORMAL && ay < SMALLEST_NORMAL) {
    return [m.log(m.hypot(ax * 2 ** 53, ay * 2 ** 53)) - 53 * LN2, angle];
  }
  const h = m.hypot(ax, ay);
  if (h < 0.71 || h > 1.73) return [m.log(h), angle];
  const am = Math.max(ax, ay);
  const an = Math.min(ax, ay);
  return [m.log1p((am - 1) * (am + 1) + an * an) / 2, angle];
}

export function log(z: Complex): Complex {
  const [re, im] = z;
  if (!isFinite(re) || !isFinite(im)) {
    if (isInf(re) || isInf(im)) return [Infinity, isNaN(re) || isNaN(im) ? Number.NaN : m.atan2(im, re)];
    return [Number.NaN, Number.NaN];
  }
  if (re === 0 && im === 0) domainError();
  return logUnchecked(z);
}

export function log10(z: Complex): Complex {
  const [re, im] = log(z);
  return [re / Math.LN10, im / Math.LN10];
}

export function sinh([re, im]: Complex): Complex {
  if (!isFinite(re) || !isFinite(im)) {
    if (isInf(im) && !isNaN(re)) domainError();
    if (isInf(re)) {
      if (isNaN(im)) return [Infinity, im];
      if (im === 0) return [re, im];
      const cosine = copysign(Infinity, m.cos(im));
      return [re > 0 ? cosine : -cosine, copysign(Infinity, m.sin(im))];
    }
    return [re === 0 ? 0 : Number.NaN, im === 0 ? im : Number.NaN];
  }
  if (Math.abs(re) > LOG_LARGE) {
    const x = re - copysign(1, re);
    return checked([m.cos(im) * m.sinh(x) * E, m.sin(im) * m.cosh(x) * E]);
  }
  return checked([m.cos(im) * m.sinh(re), m.sin(im) * m.cosh(re)]);
}

export const sin = rotated(sinh);

export function tanh([re, im]: Complex): Complex {
  if (!isFinite(re) || !isFinite(im)) {
    if (isInf(im) && isFinite(re)) domainError();
    if (isInf(re)) {
      const zero = isFinite(im) ? copysign(0, im === 0 ? im : m.sin(im) * m.cos(im)) : 0;
      return [copysign(1, re), zero];
    }
    return [re === 0 ? re : Number.NaN, im === 0 ? im : Number.NaN];
  }
  if (Math.abs(re) > LOG_LARGE) {
    return [copysign(1, re), 4 * m.sin(im) * m.cos(im) * m.exp(-2 * Math.abs(re))];
  }
  const tx = m.tanh(re);
  const ty = m.tan(im);
  const cx = 1 / m.cosh(re);
  const txty = tx * ty;
  const denominator = 1 + txty * txty;
  return [(tx * (1 + ty * ty)) / denominator, (ty / denominator) * cx * cx];
}

export const tan = rotated(tanh);

export function phase([re, im]: Complex): number {
  return m.atan2(im, re);
}

/** The modulus; OverflowError when it is out of range. */
export function modulus([re, im]: Complex): number {
  const r = m.hypot(re, im);
  if (r === Infinity && isFinite(re) && isFinite(im)) throw new NumericError("OverflowError", "math range error");
  return r;
}

export function rect(r: number, phi: number): Complex {
  if (!isFinite(r) || !isFinite(phi)) {
    if (r !== 0 && !isNaN(r) && isInf(phi)) domainError();
    if (isInf(r) && isFinite(phi) && phi !== 0) {
      const re = copysign(Infinity, m.cos(phi));
      const im = copysign(Infinity, m.sin(phi));
      return r > 0 ? [re, im] : [-re, -im];
    }
    if (isInf(r)) return isNaN(phi) ? [Infinity, phi] : [r, isNegative(r) ? -phi : phi];
    if (r === 0) return [0, 0];
    return [Number.NaN, isNaN(r) && phi === 0 ? 0 : Number.NaN];
  }
  if (phi === 0) return [r, r * phi];
  return [r * m.cos(phi), r * m.sin(phi)];
}
