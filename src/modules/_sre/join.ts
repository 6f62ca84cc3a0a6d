/** Joining the pieces of a substituted text, with the errors of `"".join` and `b"".join`. */
import { bytesLike, hasBuffer } from "../../objects/buffer.ts";
import { newBytes, PyBytes } from "../../objects/bytes.ts";
import { EXC, type Result, type Value } from "../../objects/core.ts";
import { typeError } from "../../objects/errors.ts";
import { type Str, strConcatAll } from "../../objects/str/astral.ts";
import { typeOf } from "../../objects/types.ts";
import { strValue } from "../../objects/values.ts";

export function joinPieces(pieces: readonly Value[], isBytes: boolean): Result {
  return isBytes ? joinBytes(pieces) : joinText(pieces);
}

function joinText(pieces: readonly Value[]): Result {
  let text = "";
  for (let i = 0; i < pieces.length; i++) {
    const piece = pieces[i];
    if (typeof piece !== "string") return joinSlowly(pieces);
    text += piece;
  }
  return text;
}

function joinSlowly(pieces: readonly Value[]): Result {
  const texts: Str[] = [];
  for (let i = 0; i < pieces.length; i++) {
    const text = strValue(pieces[i]);
    if (text === undefined)
      return typeError(`sequence item ${i}: expected str instance, ${typeOf(pieces[i]).name} found`);
    texts.push(text);
  }
  return strConcatAll(texts);
}

function joinBytes(pieces: readonly Value[]): Result {
  let all = "";
  for (let i = 0; i < pieces.length; i++) {
    const piece = pieces[i];
    if (piece instanceof PyBytes) all += piece.latin1;
    else if (!hasBuffer(piece)) {
      return typeError(`sequence item ${i}: expected a bytes-like object, ${typeOf(piece).name} found`);
    } else {
      const content = bytesLike(piece);
      if (content === EXC) return EXC;
      all += content;
    }
  }
  return newBytes(all);
}
