/** Adding a note to an exception from native code (`_PyErr_FormatNote`). */
import { EXC } from "../core.ts";
import type { Str } from "../str/astral.ts";
import { rt } from "../runtime.ts";
import type { PyBaseException } from "./base.ts";
import { addNote } from "./base-exception.ts";

/** Adds `note` to `exc`, usually the pending exception; a failure to add it is no failure of the caller. */
export function addNoteTo(exc: PyBaseException | null, note: Str): void {
  if (exc === null) return;
  const pending = rt.exc;
  if (addNote(exc, note) === EXC) rt.exc = null;
  rt.exc = pending;
}
