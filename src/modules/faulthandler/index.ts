/** The module `faulthandler`: there are no faults to handle; tracebacks can be dumped. */
import { EXC, type Result, type Value } from "../../objects/core.ts";
import { fn, newModule } from "../../objects/define.ts";
import { notImplementedError } from "../../objects/errors.ts";
import { getAttr } from "../../objects/protocol/object.ts";
import { rt } from "../../objects/runtime.ts";
import { writeStr } from "../../builtins/io.ts";

const STATE = {};
const state = (): { enabled: boolean } => rt.state(STATE, () => ({ enabled: false }));

function dumpTraceback(fileValue?: Value): Result {
  const file = fileValue ?? rt.sysDict.getStr("stderr") ?? null;
  if (file === null) return null;
  if (writeStr(file, "Current thread 0x00007f0000001000 (most recent call first):\n") === EXC) return EXC;
  for (let frame = rt.evaluator.currentFrame(); frame !== null; frame = frame.back) {
    const lineno = getAttr(frame, "f_lineno");
    if (lineno === EXC) return EXC;
    const { filename, name } = frame.code;
    if (writeStr(file, `  File "${filename}", line ${String(lineno)} in ${name}\n`) === EXC) return EXC;
  }
  return null;
}
const refuse = (name: string) => (): Result =>
  notImplementedError(`faulthandler.${name}() is not supported by this interpreter`);

export const faulthandlerModule = newModule("faulthandler", {
  doc: "faulthandler module.",
  functions: () => ({
    enable: fn("($module, /, file=sys.stderr, all_threads=True)", () => {
      state().enabled = true;
      return null;
    }),
    disable: fn("($module, /)", () => {
      const before = state().enabled;
      state().enabled = false;
      return before;
    }),
    is_enabled: fn("($module, /)", () => state().enabled),
    dump_traceback: fn(
      "($module, /, file=sys.stderr, all_threads=True)",
      dumpTraceback,
      "Dump the traceback of the current thread, or of all threads.",
    ),
    dump_traceback_later: fn(
      "($module, /, timeout, repeat=False, file=sys.stderr, exit=False)",
      refuse("dump_traceback_later"),
    ),
    cancel_dump_traceback_later: fn("($module, /)", () => null),
    register: fn("($module, /, signum, file=sys.stderr, all_threads=True, chain=False)", refuse("register")),
    unregister: fn("($module, signum, /)", () => false),
  }),
});
