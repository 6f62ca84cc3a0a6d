/** The codec registry: search functions, found codecs, and running a codec found there (CPython's Python/codecs.c). */
import { EXC, type Exc, type Result, type Status, type Value } from "../core.ts";
import { clearException, raise, typeError } from "../errors.ts";
import { lookupErrorType } from "../exceptions/types.ts";
import { importModule } from "../import-hook.ts";
import { call, callMethod } from "../protocol/call.ts";
import { isTrue, lookupAttr } from "../protocol/object.ts";
import { rt } from "../runtime.ts";
import { PyTuple } from "../tuple.ts";
import { tupleType, typeOf } from "../types.ts";
import { codecState } from "./state.ts";

/** The name under which a codec is looked for: lower case, runs of punctuation as one underscore, none at the ends. */
export function normalizedName(encoding: string): string {
  return encoding
    .replace(/[^A-Za-z0-9.]+/g, "_")
    .replace(/^_|_$/g, "")
    .toLowerCase();
}

/** `encodings` registers the search function that finds the standard codecs. */
function loadStandardSearch(): Status {
  if (codecState().searchPath.length > 0 || rt.modules.getStr("encodings") !== undefined) return null;
  return importModule("encodings") === EXC ? EXC : null;
}

/** `codecs.lookup(encoding)`: a tuple of four (a `CodecInfo`). */
export function lookupCodec(encoding: string): PyTuple | Exc {
  const name = normalizedName(encoding);
  const known = codecState().found.get(name);
  if (known !== undefined) return known;
  if (loadStandardSearch() === EXC) return EXC;
  const { searchPath, found } = codecState();
  if (searchPath.length === 0) {
    return raise(lookupErrorType, "no codec search functions registered: can't find encoding");
  }
  for (const search of [...searchPath]) {
    const result = call(search, [name]);
    if (result === EXC) return EXC;
    if (result === null) continue;
    if (!(result instanceof PyTuple) || result.items.length !== 4) {
      return typeError("codec search functions must return 4-tuples");
    }
    found.set(name, result);
    return result;
  }
  return raise(lookupErrorType, `unknown encoding: ${encoding}`);
}

/** Runs an encoder or decoder of the registry: the first item of its answer. */
export function runCodec(
  codec: PyTuple,
  object: Value,
  encoding: string,
  errors: string | undefined,
  forEncoding: boolean,
): Result {
  const args: Value[] = errors === undefined ? [object] : [object, errors];
  const result = call(codec.items[forEncoding ? 0 : 1], args);
  if (result === EXC) {
    addNote(`${forEncoding ? "encoding" : "decoding"} with '${encoding}' codec failed`);
    return EXC;
  }
  if (!(result instanceof PyTuple) || result.items.length !== 2) {
    return typeError(`${forEncoding ? "encoder" : "decoder"} must return a tuple (object, integer)`);
  }
  return result.items[0];
}
/** Adds to the pending exception which codec failed. */
function addNote(note: string): void {
  const exc = rt.exc;
  if (exc === null) return;
  rt.exc = null;
  if (callMethod(exc, "add_note", [note]) === EXC) clearException();
  rt.exc = exc;
}

/** The same for `str.encode` and `bytes.decode`, which refuse codecs that are no text encodings. */
export function runTextCodec(object: Value, encoding: string, errors: string, forEncoding: boolean): Result {
  const codec = lookupCodec(encoding);
  if (codec === EXC) return EXC;
  const alternative = forEncoding ? "codecs.encode()" : "codecs.decode()";
  if (checkTextEncoding(codec, encoding, alternative) === EXC) return EXC;
  return runCodec(codec, object, encoding, errors, forEncoding);
}
/** LookupError when the codec says it is no text encoding. */
export function checkTextEncoding(codec: PyTuple, encoding: string, alternative: string): Status {
  if (typeOf(codec) === tupleType) return null;
  const flag = lookupAttr(codec, "_is_text_encoding");
  if (flag === EXC) return EXC;
  if (flag === undefined) return null;
  const isText = isTrue(flag);
  if (isText === EXC) return EXC;
  if (isText) return null;
  return raise(lookupErrorType, `'${encoding}' is not a text encoding; use ${alternative} to handle arbitrary codecs`);
}
