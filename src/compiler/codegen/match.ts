/** `match`: patterns compiled to tests and jumps (PEP 634). */
import type {
  Expr,
  Match,
  MatchAs,
  MatchClass,
  MatchMapping,
  MatchOr,
  MatchSequence,
  Pattern,
  Position,
} from "../../syntax/ast.ts";
import { constKey, int, str, tuple } from "../consts.ts";
import { NEXT_LOCATION, NO_LOCATION } from "../instruction.ts";
import { OP } from "../opcodes.ts";
import { constRepr } from "../repr.ts";
import type { Compiler } from "./compiler.ts";
import { COMPARE_EQ, COMPARE_GE, jumpIf } from "./jumps.ts";
import { nameOp } from "./names.ts";
import { NB_SUBSCR } from "./subscripts.ts";

const {
  COPY,
  SWAP,
  POP_TOP,
  NOP,
  JUMP,
  POP_JUMP_IF_FALSE,
  TO_BOOL,
  COMPARE_OP,
  IS_OP,
  GET_LEN,
  MATCH_SEQUENCE,
  MATCH_MAPPING,
  MATCH_KEYS,
  MATCH_CLASS,
  UNPACK_SEQUENCE,
  UNPACK_EX,
  BINARY_OP,
  BUILD_MAP,
  BUILD_TUPLE,
  DICT_UPDATE,
  DELETE_SUBSCR,
} = OP;
const NB_SUBTRACT = 10;

/** State of one pattern's compilation. The stack holds, from the top: `onTop` subjects, then the captures so far. */
interface PatternContext {
  /** Names captured so far, in the order of their values on the stack. */
  stores: string[];
  /** Whether a pattern that always matches may stand here. */
  allowIrrefutable: boolean;
  /** Label `n` fails after popping `n` values. */
  failPop: number[];
  /** Values above the captures that a failure must pop too. */
  onTop: number;
}

const isWildcard = (p: Pattern): boolean => p.kind === "MatchAs" && p.name === null;
const isStarWildcard = (p: Pattern): boolean => p.kind === "MatchStar" && p.name === null;

export function matchStmt(c: Compiler, s: Match): void {
  const u = c.u;
  const saved = u.inConditionalBlock;
  u.inConditionalBlock = true;
  matchCases(c, s);
  u.inConditionalBlock = saved;
}

function matchCases(c: Compiler, s: Match): void {
  c.expr(s.subject);
  const end = c.newLabel();
  const n = s.cases.length;
  const last = s.cases[n - 1];
  const hasDefault = n > 1 && isWildcard(last.pattern);
  const tested = hasDefault ? n - 1 : n;
  for (let i = 0; i < tested; i++) {
    const m = s.cases[i];
    const loc = m.pattern;
    const keep = i !== tested - 1;
    // The last case may consume the subject.
    if (keep) c.opArg(loc, COPY, 1);
    const pc: PatternContext = {
      stores: [],
      allowIrrefutable: m.guard !== null || i === n - 1,
      failPop: [],
      onTop: 0,
    };
    pattern(c, m.pattern, pc);
    for (const name of pc.stores) nameOp(c, loc, name, "Store");
    if (m.guard !== null) {
      needFailPop(c, pc, 0);
      jumpIf(c, loc, m.guard, pc.failPop[0], false);
    }
    if (keep) c.op(NEXT_LOCATION, POP_TOP);
    c.stmts(m.body);
    c.jump(NO_LOCATION, JUMP, end);
    emitFailPop(c, loc, pc);
  }
  if (hasDefault) {
    // A trailing `case _` needs no test. The NOP lets its line be seen.
    c.op(last.pattern, NOP);
    if (last.guard !== null) jumpIf(c, last.pattern, last.guard, end, false);
    c.stmts(last.body);
  }
  c.useLabel(end);
}

// ── failing and capturing ────────────────────────────────────────────────────────────────────────────────────
function needFailPop(c: Compiler, pc: PatternContext, n: number): void {
  while (pc.failPop.length <= n) pc.failPop.push(c.newLabel());
}

function failIf(c: Compiler, loc: Position, pc: PatternContext, op: number): void {
  const pops = pc.onTop + pc.stores.length;
  needFailPop(c, pc, pops);
  c.jump(loc, op, pc.failPop[pops]);
}

function emitFailPop(c: Compiler, loc: Position, pc: PatternContext): void {
  if (pc.failPop.length === 0) return;
  for (let i = pc.failPop.length - 1; i > 0; i--) {
    c.useLabel(pc.failPop[i]);
    c.op(loc, POP_TOP);
  }
  c.useLabel(pc.failPop[0]);
  pc.failPop = [];
}

function rotate(c: Compiler, loc: Position, count: number): void {
  for (let i = count; i > 1; i--) c.opArg(loc, SWAP, i);
}

function duplicateStore(c: Compiler, loc: Position, name: string): never {
  c.error(loc, `multiple assignments to name ${constRepr(str(name))} in pattern`);
}

function capture(c: Compiler, loc: Position, name: string | null, pc: PatternContext): void {
  if (name === null) {
    c.op(loc, POP_TOP);
    return;
  }
  if (pc.stores.includes(name)) duplicateStore(c, loc, name);
  // Under all that must stay on top.
  rotate(c, loc, pc.onTop + pc.stores.length + 1);
  pc.stores.push(name);
}

// ── patterns ─────────────────────────────────────────────────────────────────────────────────────────────────
/** Consumes the subject on the stack; jumps to a failure label or goes on with the captures on the stack. */
function pattern(c: Compiler, p: Pattern, pc: PatternContext): void {
  switch (p.kind) {
    case "MatchValue":
      if (!isValueExpr(p.value)) c.error(p, "patterns may only match literals and attribute lookups");
      c.expr(p.value);
      c.opArg(p, COMPARE_OP, COMPARE_EQ);
      c.op(p, TO_BOOL);
      failIf(c, p, pc, POP_JUMP_IF_FALSE);
      return;
    case "MatchSingleton":
      c.loadConst(p, p.value);
      c.opArg(p, IS_OP, 0);
      failIf(c, p, pc, POP_JUMP_IF_FALSE);
      return;
    case "MatchSequence":
      return sequencePattern(c, p, pc);
    case "MatchMapping":
      return mappingPattern(c, p, pc);
    case "MatchClass":
      return classPattern(c, p, pc);
    case "MatchStar":
      return capture(c, p, p.name, pc);
    case "MatchAs":
      return asPattern(c, p, pc);
    case "MatchOr":
      return orPattern(c, p, pc);
  }
}

function isValueExpr(e: Expr): boolean {
  return e.kind === "Constant" || e.kind === "Attribute";
}

function subPattern(c: Compiler, p: Pattern, pc: PatternContext): void {
  const saved = pc.allowIrrefutable;
  pc.allowIrrefutable = true;
  pattern(c, p, pc);
  pc.allowIrrefutable = saved;
}

function asPattern(c: Compiler, p: MatchAs, pc: PatternContext): void {
  if (p.pattern === null) {
    if (!pc.allowIrrefutable) {
      const what = p.name !== null ? `name capture ${constRepr(str(p.name))}` : "wildcard";
      c.error(p, `${what} makes remaining patterns unreachable`);
    }
    capture(c, p, p.name, pc);
    return;
  }
  // A copy to capture.
  pc.onTop++;
  c.opArg(p, COPY, 1);
  pattern(c, p.pattern, pc);
  pc.onTop--;
  capture(c, p, p.name, pc);
}

function sequencePattern(c: Compiler, p: MatchSequence, pc: PatternContext): void {
  const size = p.patterns.length;
  let star = -1;
  let onlyWildcards = true;
  let starWildcard = false;
  p.patterns.forEach((sub, i) => {
    if (sub.kind === "MatchStar") {
      if (star >= 0) c.error(p, "multiple starred names in sequence pattern");
      starWildcard = isStarWildcard(sub);
      onlyWildcards &&= starWildcard;
      star = i;
    } else {
      onlyWildcards &&= isWildcard(sub);
    }
  });
  pc.onTop++;
  c.op(p, MATCH_SEQUENCE);
  failIf(c, p, pc, POP_JUMP_IF_FALSE);
  if (star < 0 || size > 1) {
    c.op(p, GET_LEN);
    c.loadConst(p, int(star < 0 ? size : size - 1));
    c.opArg(p, COMPARE_OP, star < 0 ? COMPARE_EQ : COMPARE_GE);
    failIf(c, p, pc, POP_JUMP_IF_FALSE);
  }
  pc.onTop--;
  if (onlyWildcards) c.op(p, POP_TOP);
  else if (starWildcard) sequenceByIndex(c, p, star, pc);
  else sequenceUnpacked(c, p, pc);
}

function sequenceUnpacked(c: Compiler, p: MatchSequence, pc: PatternContext): void {
  const n = p.patterns.length;
  const star = p.patterns.findIndex((sub) => sub.kind === "MatchStar");
  if (star < 0) {
    c.opArg(p, UNPACK_SEQUENCE, n);
  } else {
    if (star >= 256 || n - star - 1 >= 2 ** 23) c.error(p, "too many expressions in star-unpacking sequence pattern");
    c.opArg(p, UNPACK_EX, star + ((n - star - 1) << 8));
  }
  pc.onTop += n;
  for (const sub of p.patterns) {
    pc.onTop--;
    subPattern(c, sub, pc);
  }
}

/** With `*_` there is no need to build the rest: items are fetched by their index, counted from the end after it. */
function sequenceByIndex(c: Compiler, p: MatchSequence, star: number, pc: PatternContext): void {
  pc.onTop++;
  const size = p.patterns.length;
  p.patterns.forEach((sub, i) => {
    if (isWildcard(sub) || i === star) return;
    c.opArg(p, COPY, 1);
    if (i < star) {
      c.loadConst(p, int(i));
    } else {
      c.op(p, GET_LEN);
      c.loadConst(p, int(size - i));
      c.opArg(p, BINARY_OP, NB_SUBTRACT);
    }
    c.opArg(p, BINARY_OP, NB_SUBSCR);
    subPattern(c, sub, pc);
  });
  pc.onTop--;
  c.op(p, POP_TOP);
}

/** Tests the result of MATCH_KEYS or MATCH_CLASS: a tuple, or None. */
function failIfNone(c: Compiler, loc: Position, pc: PatternContext): void {
  c.opArg(loc, COPY, 1);
  c.loadNone(loc);
  c.opArg(loc, IS_OP, 1);
  failIf(c, loc, pc, POP_JUMP_IF_FALSE);
}

function mappingPattern(c: Compiler, p: MatchMapping, pc: PatternContext): void {
  const size = p.keys.length;
  pc.onTop++;
  c.op(p, MATCH_MAPPING);
  failIf(c, p, pc, POP_JUMP_IF_FALSE);
  if (size === 0 && p.rest === null) {
    pc.onTop--;
    c.op(p, POP_TOP);
    return;
  }
  if (size > 0) {
    c.op(p, GET_LEN);
    c.loadConst(p, int(size));
    c.opArg(p, COMPARE_OP, COMPARE_GE);
    failIf(c, p, pc, POP_JUMP_IF_FALSE);
  }
  const seen = new Set<string>();
  for (const key of p.keys) {
    if (key.kind === "Constant") {
      const k = equalityKey(key);
      if (seen.has(k)) c.error(p, `mapping pattern checks duplicate key (${constRepr(key.value)})`);
      seen.add(k);
    } else if (key.kind !== "Attribute") {
      c.error(p, "mapping pattern keys may only match literals and attribute lookups");
    }
    c.expr(key);
  }
  c.opArg(p, BUILD_TUPLE, size);
  c.op(p, MATCH_KEYS);
  pc.onTop += 2;
  failIfNone(c, p, pc);
  c.opArg(p, UNPACK_SEQUENCE, size);
  pc.onTop += size - 1;
  for (const sub of p.patterns) {
    pc.onTop--;
    subPattern(c, sub, pc);
  }
  pc.onTop -= 2;
  if (p.rest !== null) {
    // rest = dict(subject), then each key deleted from it.
    c.opArg(p, BUILD_MAP, 0);
    c.opArg(p, SWAP, 3);
    c.opArg(p, DICT_UPDATE, 2);
    c.opArg(p, UNPACK_SEQUENCE, size);
    for (let left = size; left > 0; left--) {
      c.opArg(p, COPY, 1 + left);
      c.opArg(p, SWAP, 2);
      c.op(p, DELETE_SUBSCR);
    }
    capture(c, p, p.rest, pc);
  } else {
    c.op(p, POP_TOP);
    c.op(p, POP_TOP);
  }
}

/** Equal for keys that are equal in Python: `1`, `1.0` and `True` are. */
function equalityKey(e: Expr & { kind: "Constant" }): string {
  const v = e.value;
  switch (v.t) {
    case "bool":
      return `i${v.v ? 1 : 0}`;
    case "float":
      return Number.isInteger(v.v) ? `i${BigInt(v.v)}` : constKey(v);
    case "complex":
      if (v.im !== 0) return constKey(v);
      return Number.isInteger(v.re) ? `i${BigInt(v.re)}` : `f${v.re}`;
    default:
      return constKey(v);
  }
}

function classPattern(c: Compiler, p: MatchClass, pc: PatternContext): void {
  const nargs = p.patterns.length;
  const nattrs = p.kwd_attrs.length;
  p.kwd_attrs.forEach((attr, i) => {
    const again = p.kwd_attrs.indexOf(attr, i + 1);
    if (again >= 0) c.error(p.kwd_patterns[again], `attribute name repeated in class pattern: ${attr}`);
  });
  c.expr(p.cls);
  c.loadConst(p, tuple(p.kwd_attrs.map(str)));
  c.opArg(p, MATCH_CLASS, nargs);
  pc.onTop++;
  failIfNone(c, p, pc);
  c.opArg(p, UNPACK_SEQUENCE, nargs + nattrs);
  pc.onTop += nargs + nattrs - 1;
  for (const sub of [...p.patterns, ...p.kwd_patterns]) {
    pc.onTop--;
    if (isWildcard(sub)) c.op(p, POP_TOP);
    else subPattern(c, sub, pc);
  }
}

function orPattern(c: Compiler, p: MatchOr, pc: PatternContext): void {
  const end = c.newLabel();
  let control: string[] = [];
  p.patterns.forEach((alternative, i) => {
    const inner: PatternContext = {
      stores: [],
      // Only the last alternative may always match.
      allowIrrefutable: i === p.patterns.length - 1 && pc.allowIrrefutable,
      failPop: [],
      onTop: 0,
    };
    c.opArg(alternative, COPY, 1);
    pattern(c, alternative, inner);
    if (i === 0) control = inner.stores;
    else reorderStores(c, p, alternative, inner.stores, control);
    c.jump(alternative, JUMP, end);
    emitFailPop(c, alternative, inner);
  });
  // No alternative matched: the copy of the subject goes.
  c.op(p, POP_TOP);
  failIf(c, p, pc, JUMP);
  c.useLabel(end);
  const rotations = control.length + 1 + pc.onTop + pc.stores.length;
  for (const name of control) {
    rotate(c, p, rotations);
    if (pc.stores.includes(name)) duplicateStore(c, p, name);
    pc.stores.push(name);
  }
  c.op(p, POP_TOP);
}

/** Puts an alternative's captures in the order of the first alternative's. */
function reorderStores(c: Compiler, p: MatchOr, at: Position, stores: string[], control: readonly string[]): void {
  if (stores.length !== control.length) c.error(p, "alternative patterns bind different names");
  for (let i = control.length - 1; i >= 0; i--) {
    const j = stores.indexOf(control[i]);
    if (j < 0) c.error(p, "alternative patterns bind different names");
    if (i === j) continue;
    const rotated = stores.splice(0, j + 1);
    stores.splice(i - j, 0, ...rotated);
    for (let k = 0; k <= j; k++) rotate(c, at, i + 1);
  }
}
