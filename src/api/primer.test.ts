import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { OPCODE } from "../generated/metadata.ts";
import { libraryFiles } from "../host/node/library.ts";
import { Python } from "./index.ts";

const dist = fileURLToPath(new URL("../../dist", import.meta.url));
const options = { skip: existsSync(`${dist}/stdlib.bin`) ? false : "dist/stdlib.bin is not built" };
const python = () => new Python({ library: libraryFiles(dist), settings: { noSite: true } });

/** What is never run by programs, or once: not worth the primer's time. */
const NEVER = new Set([
  ...["CACHE", "RESERVED", "INTERPRETER_EXIT", "INSTRUMENTED_INSTRUCTION", "ENTER_EXECUTOR"],
  // Other forms of what each code object runs, of which the interpreter makes its own.
  ...["RESUME", "RESUME_CHECK", "JUMP_BACKWARD", "JUMP_BACKWARD_NO_JIT", "EXIT_INIT_CHECK"],
  // Of type parameters and annotations, whose module `typing` takes longer to import than the primer to run.
  ...["CALL_INTRINSIC_2", "LOAD_FROM_DICT_OR_GLOBALS", "SETUP_ANNOTATIONS", "DELETE_NAME"],
]);

test("the primer raises nothing, and runs each instruction three times", options, () => {
  const counting = new Python({ library: libraryFiles(dist), settings: { noSite: true }, observe: { stats: true } });
  const runs = (): Map<string, number> =>
    new Map(Object.entries(counting.observed.stats().opcodes).map(([name, { interpreter }]) => [name, interpreter]));
  const before = runs();
  counting.run("import _primer");
  const after = runs();
  const rare = Object.keys(OPCODE).filter((name) => {
    return !NEVER.has(name) && (after.get(name) ?? 0) - (before.get(name) ?? 0) < 3;
  });
  assert.deepEqual(rare, []);
});
test(
  "hooks are not told of the primer's generators, nor audit hooks of anything, and no module is loaded",
  options,
  () => {
    const source = `
import sys
seen = []
sys.set_asyncgen_hooks(firstiter=seen.append, finalizer=seen.append)
sys.addaudithook(lambda event, args: seen.append(event))
modules = set(sys.modules)
for i in range(20000): pass
repr((seen, sys.get_asyncgen_hooks().firstiter == seen.append, set(sys.modules) - modules))`;
    assert.equal(python().run(source), "([], True, set())");
  },
);
test("a program that runs for a while sees nothing of the primer", options, () => {
  const source = `
try: 1 / 0
except ZeroDivisionError as e:
    for i in range(20000): pass
    import sys
    same = sys.exception() is e
repr((same, [c for c in object.__subclasses__() if c.__name__ in "CSW"], [n for n in globals() if n[0] != "_"]))`;
  assert.equal(python().run(source), "(True, [], ['i', 'sys', 'same'])");
});
