/** Decoding of source files by Python's codecs, for the encodings that the front end does not know itself. */
import { bytesFromArray } from "../objects/bytes.ts";
import { lookupCodec, runTextCodec } from "../objects/codecs/registry.ts";
import { EXC } from "../objects/core.ts";
import { clearException } from "../objects/errors.ts";
import { str } from "../objects/protocol/object.ts";
import { takeException } from "../objects/runtime.ts";
import { strToJs } from "../objects/str/astral.ts";
import { strValue } from "../objects/values.ts";
import type { SourceDecoder } from "../syntax/decode.ts";

export const decodeByCodec: SourceDecoder = (encoding, bytes) => {
  if (lookupCodec(encoding) === EXC) {
    clearException();
    return null;
  }
  const decoded = runTextCodec(bytesFromArray(bytes), encoding, "strict", false);
  if (decoded === EXC) return { error: messageOfPending() };
  return strToJs(strValue(decoded) ?? "");
};
function messageOfPending(): string {
  const message = str(takeException());
  if (message !== EXC) return strToJs(message);
  clearException();
  return "the source cannot be decoded";
}
