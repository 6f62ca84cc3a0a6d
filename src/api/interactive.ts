/** Statements typed one after the other: what a REPL needs of the interpreter, without any terminal. */
import { EXC, type Value } from "../objects/core.ts";
import { catches } from "../objects/errors.ts";
import { systemExitType } from "../objects/exceptions/types.ts";
import { importModule } from "../objects/import-hook.ts";
import type { PyCode } from "../objects/code.ts";
import { call } from "../objects/protocol/call.ts";
import { getAttr, str } from "../objects/protocol/object.ts";
import { rt, takeException } from "../objects/runtime.ts";
import { strFromJs, strToJs } from "../objects/str/astral.ts";
import { mainModule } from "./program.ts";
import { runCode } from "./source.ts";
import { flushStream, printUncaught, rememberSource, reportUncaught } from "./uncaught.ts";

/** `more`: the statement is not complete. `exit` carries the exit code. */
export type Step = { kind: "done" } | { kind: "more" } | { kind: "exit"; code: number };

/** Everything here runs inside the interpreter. */
export class Interactive {
  private count = 0;
  private compile: Value | undefined;

  /** Runs `source`, all lines of the statement so far. */
  step(source: string): Step {
    const filename = `<python-input-${this.count}>`;
    const compile = this.compiler();
    const code = compile === undefined ? EXC : call(compile, [strFromJs(source), filename, "single"]);
    if (code === null) return { kind: "more" };
    this.count++;
    if (code === EXC) {
      // The frames are the compiler's, not the user's.
      const error = takeException();
      error.traceback = null;
      printUncaught(error);
      return { kind: "done" };
    }
    rememberSource(code as PyCode, strFromJs(source), filename);
    const result = runCode(code as PyCode, mainModule().dict);
    if (result === EXC) {
      if (catches(systemExitType)) return { kind: "exit", code: reportUncaught() };
      printUncaught(takeException());
    }
    if (flushStream("stdout") === EXC) rt.exc = null;
    return { kind: "done" };
  }

  /** `codeop` remembers `from __future__` statements, and knows what is incomplete. */
  private compiler(): Value | undefined {
    if (this.compile === undefined) {
      const codeop = importModule("codeop");
      const cls = codeop === EXC ? EXC : getAttr(codeop, "CommandCompiler");
      const made = cls === EXC ? EXC : call(cls);
      if (made === EXC) return undefined;
      this.compile = made;
    }
    return this.compile;
  }

  /** `sys.ps1` or `sys.ps2`, as text. */
  prompt(name: "ps1" | "ps2"): string {
    const value = rt.sysDict.getStr(name);
    const text = value === undefined ? (name === "ps1" ? ">>> " : "... ") : str(value);
    if (text !== EXC) return strToJs(text);
    rt.exc = null;
    return "";
  }

  /** What `text` may go on to, by `rlcompleter`. */
  completions(text: string): string[] {
    const module = importModule("rlcompleter");
    const cls = module === EXC ? EXC : getAttr(module, "Completer");
    const completer = cls === EXC ? EXC : call(cls, [mainModule().dict]);
    const complete = completer === EXC ? EXC : getAttr(completer, "complete");
    const found: string[] = [];
    for (let state = 0; complete !== EXC && state < 200; state++) {
      const match = call(complete, [strFromJs(text), state]);
      if (match === EXC || match === null) break;
      found.push(String(match));
    }
    rt.exc = null;
    return found;
  }
}
