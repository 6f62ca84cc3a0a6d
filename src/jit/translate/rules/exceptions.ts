/** Raising, matching, and the exception that is being handled. */
import { raiseVarargs } from "../../../interp/exceptions.ts";
import { OPCODE } from "../../../generated/metadata.ts";
import { PyType, Shape, type Value, isSubtype } from "../../../objects/core.ts";
import { baseExceptionType } from "../../../objects/exceptions/types.ts";
import { call } from "../../../objects/protocol/call.ts";
import { PyTuple } from "../../../objects/tuple.ts";
import type { Node } from "../../ir/node.ts";
import type { Raised, Step } from "../../record/log.ts";
import type { ClassSeen, RaiseSeen } from "../../record/seen.ts";
import { runInstruction } from "../fallback.ts";
import type { Rule } from "../rules.ts";
import type { Translator } from "../translator.ts";
import { unwind } from "../unwind.ts";

export function alwaysRaises(op: number): boolean {
  return op === OPCODE.RAISE_VARARGS || op === OPCODE.RERAISE;
}
const isException = (cls: unknown): cls is PyType => cls instanceof PyType && isSubtype(cls, baseExceptionType);

/** Makes the exception of a RAISE_VARARGS the pending one; gives it where it is known. */
export function raise(t: Translator, step: Step): Node | null {
  const { top } = t;
  const { shape, cls } = step.seen as RaiseSeen;
  const exc = top.peek(step.oparg);
  if (step.oparg === 2) {
    const cause = top.peek(1);
    const causes = t.shapeOf(cause)?.cls;
    if (shape instanceof Shape && isException(shape.cls) && (isException(causes) || t.kindOf(cause) === "none")) {
      t.guardShape(exc, shape, "other exception");
      t.emit("RAISE_FROM", [exc, cause], "any");
      return exc;
    }
    t.callRaising(raiseVarargs, [exc, top.peek(1)]);
    return null;
  }
  if (cls !== null && exc.isConstant && !cls.isHeap && isException(cls)) {
    t.emit("RAISE_CLASS", [], "any", cls);
    return null;
  }
  if (cls === null && shape instanceof Shape && isException(shape.cls)) {
    t.guardShape(exc, shape, "other exception");
    t.emit("RAISE_OBJECT", [exc], "any");
    return exc;
  }
  t.callRaising(raiseVarargs, [exc]);
  return null;
}
function raiseAgain(t: Translator, handler: Raised): void {
  const exc = t.emit("HANDLED", [], "any");
  t.guard("IS_NOT_NONE", [exc], "nothing to raise again");
  unwind(t, handler, { exc, isPending: false, lasti: null });
}

/** The classes of an `except`, where they are known; null: something else. */
function classesOf(node: Node): readonly unknown[] | null {
  if (node.op === "NEW_TUPLE")
    return node.args.every((arg) => arg.isConstant) ? node.args.map((arg) => arg.data) : null;
  if (!node.isConstant) return null;
  return node.data instanceof PyTuple ? node.data.items : [node.data];
}
/** Stack: exception, classes → exception, bool. What the exception's class decides is no work. */
function match(t: Translator, step: Step): void {
  const { top } = t;
  const exc = top.peek(2);
  const classes = classesOf(top.peek(1));
  if (classes === null || !classes.every(isException)) return runInstruction(t, step);
  const seen = step.seen as ClassSeen;
  guardClass(t, exc, seen);
  top.pop();
  top.push(t.constant(classes.some((other) => isSubtype(seen.shape.cls, other as PyType))));
}
function guardClass(t: Translator, exc: Node, { shape, version }: ClassSeen): void {
  t.guardShape(exc, shape, "other exception");
  if (shape.cls.isHeap) t.guardVersion(shape.cls, version, "class changed");
}
function callExit(exit: Value, ...args: Value[]): unknown {
  return call(exit, args);
}

export const exceptionRules: Record<string, Rule> = {
  RAISE_VARARGS(t, step) {
    const handler = step.raised;
    if (handler === null) return t.give("raises nowhere");
    if (step.oparg === 0) return raiseAgain(t, handler);
    const exc = raise(t, step);
    unwind(t, handler, exc === null ? null : { exc, isPending: true, lasti: null });
  },
  RERAISE(t, step) {
    const handler = step.raised;
    if (handler === null) return t.give("raises nowhere");
    const exc = t.top.peek(1);
    const lasti = step.oparg > 0 ? t.top.peek(1 + step.oparg) : null;
    unwind(t, handler, { exc, isPending: false, lasti });
  },
  PUSH_EXC_INFO(t) {
    const { top } = t;
    const exc = top.pop();
    top.push(t.emit("EXC_INFO", [], "any"));
    top.push(exc);
    t.emit("SET_EXC_INFO", [exc], "none");
  },
  POP_EXCEPT: (t) => void t.emit("SET_EXC_INFO", [t.top.pop()], "none"),
  CHECK_EXC_MATCH: match,
  /** Stack: iterator, exception. The recording ends where it is not the end of the loop. */
  END_ASYNC_FOR(t, step) {
    guardClass(t, t.top.pop(), step.seen as ClassSeen);
    t.top.pop();
  },
  WITH_EXCEPT_START(t) {
    const { top } = t;
    const exc = top.peek(1);
    const cls = t.shapeOf(exc)?.cls;
    const type = cls === undefined ? t.emit("TYPE_OF", [exc], "any") : t.constant(cls);
    const args = [type, exc, t.emit("TRACEBACK", [exc], "any")];
    const self = top.peek(4);
    if (t.kindOf(self) !== "unbound") {
      if (t.kindOf(self) === "any" && !self.isConstant && t.shapeOf(self) === undefined) {
        t.guard("IS_BOUND", [self], "other kind of call");
      }
      args.unshift(self);
    }
    top.push(t.call(callExit, [top.peek(5), ...args]));
  },
};
