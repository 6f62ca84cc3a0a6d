/** Native functions whose signatures `inspect` is to read, or has nothing to read of. */
import { fn, rawFn } from "../../objects/define.ts";
import type { NativeDef } from "../../objects/native.ts";

const DEFAULTS = [
  "s='avocado'",
  "b=b'bytes'",
  "d=3.14",
  "i=35",
  "n=None",
  "t=True",
  "f=False",
  "local=the_number_three",
  "sys=sys.maxsize",
  "exp=sys.maxsize - 1",
].join(", ");

export function docStrings(): Record<string, NativeDef> {
  return {
    docstring_no_signature: rawFn(() => null, "This docstring has no signature."),
    test_with_docstring: rawFn(() => null, "This is a pretty normal docstring."),
    docstring_with_signature_but_no_doc: fn("($module, /, sig)", () => null),
    docstring_with_signature_with_defaults: fn(
      `($module, /, ${DEFAULTS})`,
      () => null,
      "This docstring has a valid signature with parameters,\nand the parameters take defaults of varying types.",
    ),
  };
}
