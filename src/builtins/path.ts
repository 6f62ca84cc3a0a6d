/** Paths given as str, bytes or path-like objects (`PyUnicode_FSDecoder`). */
import { bytesLike } from "../objects/buffer.ts";
import { PyBytes, arrayFromLatin1 } from "../objects/bytes.ts";
import { EXC, type Exc, type Value } from "../objects/core.ts";
import { typeError, valueError } from "../objects/errors.ts";
import { callSpecial } from "../objects/protocol/object.ts";
import { strToJs } from "../objects/str/astral.ts";
import { typeOf } from "../objects/types.ts";
import { strValue } from "../objects/values.ts";

/** The path as JavaScript text. */
export function fileSystemPath(value: Value): string | Exc {
  let path = value;
  if (strValue(path) === undefined && !(path instanceof PyBytes)) {
    const converted = callSpecial(path, "__fspath__");
    if (converted === EXC) return EXC;
    if (converted === undefined) {
      return typeError(`expected str, bytes or os.PathLike object, not ${typeOf(path).name}`);
    }
    path = converted;
  }
  const text = strValue(path);
  let result: string | Exc;
  if (text !== undefined) result = strToJs(text);
  else if (path instanceof PyBytes) {
    const bytes = bytesLike(path);
    result = bytes === EXC ? EXC : new TextDecoder().decode(arrayFromLatin1(bytes));
  } else {
    return typeError(`expected ${typeOf(value).name}.__fspath__() to return str or bytes, not ${typeOf(path).name}`);
  }
  if (result !== EXC && result.includes("\0")) return valueError("embedded null character");
  return result;
}
