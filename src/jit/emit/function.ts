/** The one place where text becomes code. Where the host forbids that, there is no trace compiler. */
import type { PyCode } from "../../objects/code.ts";

/** Is making functions of text allowed here (no strict content security policy, no edge worker)? */
export function canCompile(): boolean {
  try {
    return new Function("return true")() === true;
  } catch {
    return false;
  }
}
/** The emitted function's name, as V8's profiles and stack traces show it: the Python function and its line. */
export function nameInText(prefix: string, code: PyCode): string {
  return `${prefix}_${code.qualname.replace(/\W+/g, "_")}_${code.firstlineno}`;
}
/** A function of the text of a factory: `names` are its parameters, `values` what they stand for. */
export function compile(names: readonly string[], values: readonly unknown[], body: string): unknown {
  return new Function(...names, body)(...values);
}
