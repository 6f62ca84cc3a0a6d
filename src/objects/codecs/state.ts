/** What one interpreter knows of codecs: search functions, codecs found, registered error handlers. */
import type { Value } from "../core.ts";
import { rt } from "../runtime.ts";
import type { PyTuple } from "../tuple.ts";

export interface CodecState {
  searchPath: Value[];
  /** By normalised name. */
  found: Map<string, PyTuple>;
  /** Handlers registered by name; the standard ones are added by `_codecs`. */
  errorHandlers: Map<string, Value>;
}
const KEY = {};
export function codecState(): CodecState {
  return rt.state(KEY, () => ({ searchPath: [], found: new Map(), errorHandlers: new Map() }));
}
