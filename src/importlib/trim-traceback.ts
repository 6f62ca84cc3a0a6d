/**
 * Takes importlib's frames out of the traceback of a failed import (`remove_importlib_frames`): what went wrong is in
 * the module, or in the import statement. An ImportError loses all of them; any other exception those through which
 * importlib calls foreign code, for in others importlib may be at fault.
 */
import { EXC } from "../objects/core.ts";
import { rt } from "../objects/runtime.ts";
import { importErrorType } from "../objects/exceptions/types.ts";
import { catches, clearException } from "../objects/errors.ts";
import { getAttr } from "../objects/protocol/object.ts";
import type { PyTraceback } from "../objects/traceback.ts";

const FILES = new Set<unknown>(["<frozen importlib._bootstrap>", "<frozen importlib._bootstrap_external>"]);
const BOUNDARY = "_call_with_frames_removed";

/** Works on the pending exception. */
export function trimImportFrames(): void {
  const { exc } = rt;
  if (exc === null || isVerbose()) return;
  const trimAll = catches(importErrorType);
  const entries: PyTraceback[] = [];
  for (let tb = exc.traceback; tb !== null; tb = tb.next) entries.push(tb);
  const kept: PyTraceback[] = [];
  // Where the run of importlib's entries that we are in began, in `kept`.
  let chunk = -1;
  for (const entry of entries) {
    const { code } = entry.frame;
    if (!FILES.has(code.filename)) chunk = -1;
    else if (chunk < 0) chunk = kept.length;
    kept.push(entry);
    if (chunk >= 0 && (trimAll || code.name === BOUNDARY)) kept.length = chunk;
  }
  kept.forEach((entry, i) => {
    entry.next = kept[i + 1] ?? null;
  });
  exc.traceback = kept[0] ?? null;
}
/** `-v` shows all. */
function isVerbose(): boolean {
  const flags = rt.sysDict.getStr("flags");
  const verbose = flags === undefined ? 0 : getAttr(flags, "verbose");
  if (verbose !== EXC) return verbose !== 0;
  clearException();
  return false;
}
