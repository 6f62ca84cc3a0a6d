/** The one place where text becomes code. Where the host forbids that, there is no trace compiler. */

/** Is making functions of text allowed here (no strict content security policy, no edge worker)? */
export function canCompile(): boolean {
  try {
    return new Function("return true")() === true;
  } catch {
    return false;
  }
}
/** A function of the text of a factory: `names` are its parameters, `values` what they stand for. */
export function compile(names: readonly string[], values: readonly unknown[], body: string): unknown {
  return new Function(...names, body)(...values);
}
