/** Conversions in f-strings: `!s`, `!r`, `!a`. */
import type { Result, Value } from "../objects/core.ts";
import { ascii, repr, str } from "../objects/protocol/object.ts";

export function convertValue(value: Value, conversion: number): Result {
  switch (conversion) {
    case 1:
      return str(value);
    case 2:
      return repr(value);
    default:
      return ascii(value);
  }
}
