/** The limits of C's types, as on 64-bit Linux, where our ints are measured by the same. */
import type { Value } from "../../objects/core.ts";
import { newFloat } from "../../objects/float.ts";

const INT64_MAX = 2n ** 63n - 1n;

export const LIMITS: Record<string, Value> = {
  CHAR_MAX: 127,
  CHAR_MIN: -128,
  UCHAR_MAX: 255,
  SHRT_MAX: 32767,
  SHRT_MIN: -32768,
  USHRT_MAX: 65535,
  INT_MAX: 2 ** 31 - 1,
  INT_MIN: -(2 ** 31),
  UINT_MAX: 2 ** 32 - 1,
  LONG_MAX: INT64_MAX,
  LONG_MIN: -INT64_MAX - 1n,
  ULONG_MAX: 2n ** 64n - 1n,
  LLONG_MAX: INT64_MAX,
  LLONG_MIN: -INT64_MAX - 1n,
  ULLONG_MAX: 2n ** 64n - 1n,
  PY_SSIZE_T_MAX: INT64_MAX,
  PY_SSIZE_T_MIN: -INT64_MAX - 1n,
  SIZE_MAX: 2n ** 64n - 1n,
  FLT_MAX: newFloat(2 ** 128 - 2 ** 104),
  FLT_MIN: newFloat(2 ** -126),
  DBL_MAX: newFloat(Number.MAX_VALUE),
  DBL_MIN: newFloat(2 ** -1022),
  SIZEOF_WCHAR_T: 4,
  SIZEOF_VOID_P: 8,
  SIZEOF_TIME_T: 8,
  // Memory is JavaScript's.
  WITH_PYMALLOC: false,
  WITH_MIMALLOC: false,
};
