/** Special functions: gamma, log-gamma, erf and erfc, on pairs of doubles so that one rounding is left. */
import { PI_FIXED, pairOf } from "../../objects/numeric/elementary/constants.ts";
import {
  addDD,
  divDD,
  LO,
  mulDD,
  powerOfTwo,
  productError,
  sumError,
} from "../../objects/numeric/elementary/double-double.ts";
import { expDD, log1p, logDD } from "../../objects/numeric/elementary/exp-log.ts";
import { sinPiDD } from "../../objects/numeric/elementary/trig.ts";

type Pair = [hi: number, lo: number];
const [PI_HI, PI_LO] = pairOf(PI_FIXED);

const add = (a: Pair, b: Pair): Pair => [addDD(a[0], a[1], b[0], b[1]), LO[0]];
const sub = (a: Pair, b: Pair): Pair => [addDD(a[0], a[1], -b[0], -b[1]), LO[0]];
const mul = (a: Pair, b: Pair): Pair => [mulDD(a[0], a[1], b[0], b[1]), LO[0]];
const div = (a: Pair, b: Pair): Pair => [divDD(a[0], a[1], b[0], b[1]), LO[0]];
const log = (a: Pair): Pair => [logDD(a[0], a[1]), LO[0]];
const exp = (a: Pair): Pair => [expDD(a[0], a[1]), LO[0]];

// ── gamma ──────────────────────────────────────────────────────────────────────────────────────────────────────

/** B(2k) / (2k(2k − 1)) from k = 2: Stirling's series after its first term, 1/12. */
const STIRLING = [
  -1 / 360,
  1 / 1260,
  -1 / 1680,
  1 / 1188,
  -691 / 360360,
  1 / 156,
  -3617 / 122400,
  43867 / 244188,
  -174611 / 125400,
  77683 / 5796,
  -236364091 / 1506960,
];
/** From here on the series is good to 100 bits. */
const STIRLING_START = 25;

/** log Γ(z) for z ≥ 25, by Stirling's series. */
function stirling(z: Pair): Pair {
  const inverse = 1 / z[0];
  const square = inverse * inverse;
  let tail = 0;
  for (let i = STIRLING.length - 1; i >= 0; i--) tail = tail * square + STIRLING[i];
  tail *= inverse * square;
  const first = div([1, 0], mul([12, 0], z));
  const halfLog2Pi = log(mul([2, 0], [PI_HI, PI_LO]));
  const main = sub(mul(sub(z, [0.5, 0]), log(z)), z);
  const constant: Pair = [halfLog2Pi[0] / 2, halfLog2Pi[1] / 2];
  return add(add(main, constant), add(first, [tail, 0]));
}

/** x(x + 1)…(x + n − 1) and x + n, with x + n ≥ 25. */
function shift(x: number): { product: Pair; z: Pair } {
  let product: Pair = [1, 0];
  let z: Pair = [x, 0];
  while (z[0] < STIRLING_START) {
    product = mul(product, z);
    z = add(z, [1, 0]);
  }
  return { product, z };
}

/** Γ(x), x no pole (not zero, no negative integer). Infinity on overflow. */
export function gamma(x: number): number {
  if (x !== x || x === Infinity) return x;
  if (x === Math.floor(x)) return x > 171 ? Infinity : Number(factorialBig(x - 1));
  const magnitude = Math.abs(x);
  if (magnitude < 1e-20) return 1 / x;
  if (x > 172) return Infinity;
  if (x < -200) return Math.floor(x) % 2 === 0 ? 0 : -0;
  if (x > 0) {
    const { product, z } = shift(x);
    return scaledQuotient(stirling(z), product, false);
  }
  // Reflection: Γ(x) = π / (sin(πx) Γ(1 − x)); 1 − x as a pair is exact.
  const y = 1 - x;
  const z0: Pair = [y, sumError(1, -x, y)];
  let product: Pair = [1, 0];
  let z = z0;
  while (z[0] < STIRLING_START) {
    product = mul(product, z);
    z = add(z, [1, 0]);
  }
  const sine: Pair = [sinPiDD(x), LO[0]];
  // 1/Γ(1 − x) = product / exp(stirling(z)).
  const factor = div(mul([PI_HI, PI_LO], product), sine);
  const result = scaledQuotient(stirling(z), div([1, 0], factor), true);
  return result === 0 ? (Math.floor(x) % 2 === 0 ? 0 : -0) : result;
}

/** exp(l) / d, or 1 / (exp(l) · d) when `inverse`; exp(l) alone might overflow. */
function scaledQuotient(l: Pair, d: Pair, inverse: boolean): number {
  const half: Pair = [l[0] / 2, l[1] / 2];
  const root = exp(inverse ? [-half[0], -half[1]] : half);
  const r = mul(div(root, d), root);
  const sum = r[0] + r[1];
  // Beyond the range the low part is no number.
  return sum === sum ? sum : Infinity;
}

function factorialBig(n: number): bigint {
  let result = 1n;
  for (let k = 2n; k <= n; k++) result *= k;
  return result;
}

const EULER_GAMMA = 0.5772156649015329;
/** ζ(2), ζ(3), …: the Taylor coefficients of log Γ at 1. */
const ZETA = [
  1.6449340668482264, 1.2020569031595942, 1.0823232337111382, 1.0369277551433699, 1.0173430619844491,
  1.0083492773819228, 1.0040773561979443,
];

/** log|Γ(x)|, x no pole. */
export function lgamma(x: number): number {
  if (x !== x) return x;
  if (x === Infinity || x === -Infinity) return Infinity;
  if (x === 1 || x === 2) return 0;
  if (Math.abs(x) < 1e-20) return logPositive(-1, Math.abs(x));
  if (Math.abs(x - 1) < 2 ** -8) return nearOne(x - 1);
  if (Math.abs(x - 2) < 2 ** -8) return log1p(x - 2) + nearOne(x - 2);
  if (x > 0) {
    const r = lgammaPair(x);
    return r[0] + r[1];
  }
  // log|Γ(x)| = log π − log|x sin(πx)| − log Γ(−x)
  const sine: Pair = [sinPiDD(x), LO[0]];
  const product = mul(sine, [x, 0]);
  const positive: Pair = product[0] < 0 ? [-product[0], -product[1]] : product;
  const r = sub(log(div([PI_HI, PI_LO], positive)), lgammaPair(-x));
  return r[0] + r[1];
}

function logPositive(sign: number, x: number): number {
  const h = logDD(x, 0);
  return sign * h;
}

function lgammaPair(x: number): Pair {
  if (x > 1e17) {
    const l = sub(log([x, 0]), [1, 0]);
    return x * l[0] === Infinity ? [Infinity, 0] : [x * l[0], 0];
  }
  const { product, z } = shift(x);
  const main = stirling(z);
  return x < STIRLING_START ? sub(main, log(product)) : main;
}

function nearOne(d: number): number {
  let sum = 0;
  for (let k = ZETA.length + 1; k >= 2; k--) sum = sum * -d + ZETA[k - 2] / k;
  return -EULER_GAMMA * d + sum * d * d;
}

// ── erf ────────────────────────────────────────────────────────────────────────────────────────────────────────

/** erf(x) for 0 ≤ x ≤ 6: 2x/√π · exp(−x²) · Σ (2x²)ⁿ / (1·3·5…(2n + 1)), a sum without cancellation. */
function erfSeries(x: number): Pair {
  const p = x * x;
  const square: Pair = [p, productError(x, x, p)];
  const twice: Pair = [2 * square[0], 2 * square[1]];
  let term: Pair = [1, 0];
  let sum: Pair = [1, 0];
  for (let n = 1; term[0] > sum[0] * 2 ** -106; n++) {
    term = div(mul(term, twice), [2 * n + 1, 0]);
    sum = add(sum, term);
  }
  const scale = mul([2 * x, 0], exp([-square[0], -square[1]]));
  return div(mul(sum, scale), sqrtPi());
}

function sqrtPi(): Pair {
  const root = Math.sqrt(PI_HI);
  const p = root * root;
  const rest = PI_HI - p - productError(root, root, p) + PI_LO;
  return [root, rest / (2 * root)];
}

export function erf(x: number): number {
  if (x !== x) return x;
  const a = Math.abs(x);
  if (a < 2 ** -30) return (2 * x) / sqrtPi()[0] === 0 ? x : smallErf(x);
  const sign = x < 0 ? -1 : 1;
  if (a > 6) return sign;
  const r = erfSeries(a);
  return sign * (r[0] + r[1]);
}

function smallErf(x: number): number {
  const r = div([2, 0], sqrtPi());
  // x³/3 is below half a unit in the last place here; subnormals need the plain product.
  if (Math.abs(x) < 1e-290) return x * r[0];
  return mulDD(x, 0, r[0], r[1]);
}

/** The series where it loses nothing to the subtraction from 1, else the continued fraction. */
export function erfc(x: number): number {
  if (x !== x) return x;
  if (x > 27.5) return 0;
  if (x < -6) return 2;
  if (x < 2) {
    const r = Math.abs(x) < 2 ** -60 ? ([0, 0] as Pair) : erfSeries(Math.abs(x));
    const s = x < 0 ? add([1, 0], r) : sub([1, 0], r);
    return s[0] + s[1];
  }
  return erfcFraction(x);
}

/** exp(−x²)/√π · 1/(x + ½/(x + 1/(x + 1½/(x + …)))), from the inside out. */
function erfcFraction(x: number): number {
  let value: Pair = [x, 0];
  for (let k = x < 3 ? 300 : 120; k >= 1; k--) value = add([x, 0], div([k / 2, 0], value));
  const p = x * x;
  const pe = productError(x, x, p);
  // Underflow is gradual near 26: keep a power of two apart.
  const e = exp([-p / 2, -pe / 2]);
  const r = mul(div(e, mul(value, sqrtPi())), [powerOfTwo(60), 0]);
  const t = mul(r, [e[0] * powerOfTwo(500), e[1] * powerOfTwo(500)]);
  return (t[0] + t[1]) * 2 ** -560;
}
