/** f-strings and t-strings. */
import type { FormattedValue, Interpolation, JoinedStr, TemplateStr } from "../../syntax/ast.ts";
import { str } from "../consts.ts";
import { OP } from "../opcodes.ts";
import type { Compiler } from "./compiler.ts";
import { loadAttr } from "./names.ts";
import { STACK_USE_GUIDELINE } from "./sequences.ts";

const {
  BUILD_LIST,
  BUILD_STRING,
  BUILD_TUPLE,
  BUILD_TEMPLATE,
  BUILD_INTERPOLATION,
  LIST_APPEND,
  CALL,
  CONVERT_VALUE,
  FORMAT_SIMPLE,
  FORMAT_WITH_SPEC,
} = OP;

export function joinedStr(c: Compiler, e: JoinedStr): void {
  const n = e.values.length;
  if (n > STACK_USE_GUIDELINE) {
    c.loadConst(e, str(""));
    loadAttr(c, e, "join", 1);
    c.opArg(e, BUILD_LIST, 0);
    for (const v of e.values) {
      c.expr(v);
      c.opArg(e, LIST_APPEND, 1);
    }
    c.opArg(e, CALL, 1);
    return;
  }
  c.exprs(e.values);
  if (n > 1) c.opArg(e, BUILD_STRING, n);
  else if (n === 0) c.loadConst(e, str(""));
}

/** CONVERT_VALUE's argument for `!s`, `!r`, `!a`; 0 for none. */
function conversion(code: number): number {
  return code === 115 ? 1 : code === 114 ? 2 : code === 97 ? 3 : 0;
}

export function formattedValue(c: Compiler, e: FormattedValue): void {
  c.expr(e.value);
  const how = conversion(e.conversion);
  if (how !== 0) c.opArg(e, CONVERT_VALUE, how);
  if (e.format_spec !== null) {
    c.expr(e.format_spec);
    c.op(e, FORMAT_WITH_SPEC);
  } else {
    c.op(e, FORMAT_SIMPLE);
  }
}

/** The texts, then the interpolations, each a tuple; there is a text, maybe empty, at both ends and between any two. */
export function templateStr(c: Compiler, e: TemplateStr): void {
  let texts = 0;
  let afterText = false;
  for (const v of e.values) {
    if (v.kind === "Interpolation") {
      if (!afterText) {
        c.loadConst(e, str(""));
        texts++;
      }
      afterText = false;
    } else {
      c.expr(v);
      texts++;
      afterText = true;
    }
  }
  if (!afterText) {
    c.loadConst(e, str(""));
    texts++;
  }
  c.opArg(e, BUILD_TUPLE, texts);
  let n = 0;
  for (const v of e.values) {
    if (v.kind !== "Interpolation") continue;
    c.expr(v);
    n++;
  }
  c.opArg(e, BUILD_TUPLE, n);
  c.op(e, BUILD_TEMPLATE);
}

export function interpolation(c: Compiler, e: Interpolation): void {
  c.expr(e.value);
  c.loadConst(e, e.str);
  let arg = 2 | (conversion(e.conversion) << 2);
  if (e.format_spec !== null) {
    c.expr(e.format_spec);
    arg |= 1;
  }
  c.opArg(e, BUILD_INTERPOLATION, arg);
}
