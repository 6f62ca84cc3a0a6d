/** `json.JSONDecodeError`, which is written in Python. */
import { EXC, type Exc } from "../../objects/core.ts";
import { raiseObject } from "../../objects/errors.ts";
import type { PyBaseException } from "../../objects/exceptions/base.ts";
import { callImported } from "../../objects/import-hook.ts";
import type { Str } from "../../objects/str/astral.ts";

/** Raises JSONDecodeError(message, text, at). */
export function decodeError(message: string, text: Str, at: number): Exc {
  const error = callImported("json.decoder", "JSONDecodeError", [message, text, at]);
  return error === EXC ? EXC : raiseObject(error as PyBaseException);
}
