/** The elementary functions, as C's library gives them. */
export { exp, exp2, expm1, log, log10, log1p, log2, pow } from "./elementary/exp-log.ts";
export { acosh, asinh, atanh, cbrt, cosh, hypot, sinh, tanh } from "./elementary/roots.ts";
export { acos, asin, atan, atan2, cos, sin, tan } from "./elementary/trig.ts";
