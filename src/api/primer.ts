/**
 * What runs before V8 optimises the interpreter's loop in a program that goes on for a while: a short program of the
 * usual instructions, each on the usual kinds of operands.
 *
 * V8 compiles the interpreter's loop from what has happened in it so far, and leaves out all else. An instruction that
 * a program first comes to afterwards throws the compiled loop away, and the program runs twenty times slower until the
 * next one is made, a second later or more. After this program most of what programs do has happened.
 */
import type { Library } from "../importlib/packed/archive.ts";
import { PyCode } from "../objects/code.ts";
import { EXC, objectType } from "../objects/core.ts";
import { newDict } from "../objects/dict.ts";
import { clearException } from "../objects/errors.ts";
import type { PyFunction } from "../objects/function.ts";
import { asyncgenHooks } from "../objects/generator/async.ts";
import { settleFields } from "../objects/instance.ts";
import { call0 } from "../objects/protocol/call.ts";
import { rt } from "../objects/runtime.ts";
import { runCode } from "./source.ts";

/** Frames that the program needs at most. */
const DEPTH = 20;

/** The module of the packed library that is the program. */
const PROGRAM = "_primer";

/**
 * Runs the program, where the library has it and there are frames for it; gives false when it should be tried again.
 * It comes compiled: to parse and compile so much source for the first time takes as long as running it.
 */
export function primeLoop(library: Library): boolean {
  settleFields(objectType);
  if (rt.depth + DEPTH > rt.recursionLimit) return false;
  const program = library.modules.get(PROGRAM);
  if (program === undefined) return true;
  // Its classes are nobody's business: `object.__subclasses__()` does not know them.
  const known = rt.subclassesOfBuiltins.get(objectType)?.length ?? 0;
  const namespace = newDict();
  rt.primed = namespace;
  unhooked(() => {
    if (runCode(new PyCode(library.code(program, "<primer>")), namespace) === EXC) clearException();
  });
  primeEntries(namespace.getStr("entered") as PyFunction | undefined);
  const subclasses = rt.subclassesOfBuiltins.get(objectType);
  if (subclasses !== undefined) subclasses.length = known;
  return true;
}
/** Who is told of asynchronous generators, an event loop above all, is not told of the primer's. */
function unhooked(action: () => void): void {
  const hooks = asyncgenHooks();
  const { firstiter, finalizer } = hooks;
  Object.assign(hooks, { firstiter: null, finalizer: null });
  try {
    action();
  } finally {
    Object.assign(hooks, { firstiter, finalizer });
  }
}
/** Compiled code is entered, and at once left, as if it did not suit the frame. */
function primeEntries(entered: PyFunction | undefined): void {
  if (entered === undefined || rt.jit === null) return;
  rt.jit.primeEntry(entered);
  for (let i = 0; i < 20; i++) if (call0(entered) === EXC) clearException();
}
