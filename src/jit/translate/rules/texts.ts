/** f-strings: what is shown by builtin types is text at once, and texts are joined where they are. */
import { convertValue } from "../../../interp/format-value.ts";
import { format } from "../../../objects/protocol/object.ts";
import type { Value } from "../../../objects/core.ts";
import type { Str } from "../../../objects/str/astral.ts";
import type { Node } from "../../ir/node.ts";
import type { Step } from "../../record/log.ts";
import type { ShapeSeen } from "../../record/seen.ts";
import { expectSeen } from "../expect.ts";
import { runInstruction } from "../fallback.ts";
import { isScalar } from "../quiet.ts";
import type { Rule } from "../rules.ts";
import type { Translator } from "../translator.ts";

/** The value that is shown, `depth` below the stack's top; null: showing it may run Python code. */
function scalarAt(t: Translator, step: Step, depth: number): Node | null {
  const value = t.top.peek(depth);
  if (step.seen !== null) expectSeen(t, value, step.seen as ShapeSeen);
  return isScalar(t.kindOf(value)) ? value : null;
}
function finish(t: Translator, count: number, text: Node): void {
  t.top.sp -= count;
  t.top.push(text);
}

export const textRules: Record<string, Rule> = {
  FORMAT_SIMPLE(t, step) {
    const value = scalarAt(t, step, 1);
    if (value === null) return runInstruction(t, step);
    const kind = t.kindOf(value);
    if (kind === "str") return;
    finish(t, 1, kind === "int" ? t.emit("INT_TEXT", [value], "str") : t.callQuiet(formatPlainly, [value], "str"));
  },
  FORMAT_WITH_SPEC(t, step) {
    const value = scalarAt(t, step, 2);
    const spec = t.top.peek(1);
    if (value === null || t.kindOf(spec) !== "str") return runInstruction(t, step);
    // `c` may give a character beyond the BMP, which is no JavaScript string.
    const isText = spec.isConstant && !(spec.data as string).endsWith("c");
    finish(t, 2, t.callQuiet(formatBy, [value, spec], isText ? "str" : "any"));
  },
  CONVERT_VALUE(t, step) {
    const value = scalarAt(t, step, 1);
    if (value === null) return runInstruction(t, step);
    const { oparg } = step;
    finish(
      t,
      1,
      t.callQuiet((shown: Value) => convertValue(shown, oparg), [value], "str"),
    );
  },
  BUILD_STRING(t, step) {
    const parts: Node[] = [];
    for (let i = step.oparg; i > 0; i--) parts.push(t.top.peek(i));
    if (parts.length === 0 || !parts.every((part) => isText(t, part))) return runInstruction(t, step, true);
    let text = parts[0];
    for (const part of parts.slice(1)) {
      t.guard("JOINED_FITS", [text, part], "string too long");
      text = t.emit("STR_ADD", [text, part], "str");
    }
    finish(t, step.oparg, text);
  },
};
/** Is it a JavaScript string, as nearly all that is shown? */
function isText(t: Translator, part: Node): boolean {
  if (t.kindOf(part) !== "any") return t.kindOf(part) === "str";
  if (!t.guardOr(`text ${part.id}`, "IS_STR", [part], "not a str")) return false;
  t.state.kinds.set(part, "str");
  return true;
}
function formatBy(value: Value, spec: Value): unknown {
  return format(value, spec as Str);
}
function formatPlainly(value: Value): unknown {
  return format(value, "");
}
