/**
 * What kinds of values lie on the operand stack at each instruction: a debugger may only jump to where the values that
 * are there will do. Found by following control from the code's beginning, through jumps and handlers.
 */
import { CACHES, OP, stackEffect } from "../../compiler/opcodes.ts";
import { decodeHandlers } from "../code-object/handlers.ts";
import { type CodeFacts, jumpTarget } from "./code-facts.ts";

/** `lasti`: the position that a handler raises from again; `exception`: what was being handled before. */
export type Kind = "object" | "null" | "iterator" | "exception" | "lasti";
/** The topmost value first; null: empty. */
export interface Stack {
  readonly top: Kind;
  readonly below: Stack | null;
  readonly depth: number;
}
export const depthOf = (stack: Stack | null): number => (stack === null ? 0 : stack.depth);

/** By code unit; undefined: control does not come there. */
export type StackMap = readonly (Stack | null | undefined)[];

const push = (below: Stack | null, top: Kind): Stack => ({ top, below, depth: depthOf(below) + 1 });
function pop(stack: Stack | null, count: number): Stack | null {
  let at = stack;
  for (let i = 0; i < count && at !== null; i++) at = at.below;
  return at;
}
function peek(stack: Stack | null, index: number): Kind {
  return pop(stack, index - 1)?.top ?? "object";
}

export function stackMap(facts: CodeFacts): StackMap {
  const { ops, code } = facts;
  const stacks: (Stack | null | undefined)[] = new Array(ops.length).fill(undefined);
  const handlers = decodeHandlers(code.spec.exceptiontable);
  const waiting: number[] = [];
  const reach = (pc: number, stack: Stack | null): void => {
    if (pc >= ops.length || stacks[pc] !== undefined) return;
    stacks[pc] = stack;
    waiting.push(pc);
  };
  reach(0, null);
  for (let pc = waiting.pop(); pc !== undefined; pc = waiting.pop()) {
    const stack = stacks[pc] as Stack | null;
    for (const handler of handlersAt(handlers, pc)) reach(handler.pc, enterHandler(stack, handler));
    const { next, jump } = effect(facts, pc, stack);
    const target = jumpTarget(facts, pc);
    // Past the instruction at the target of FOR_ITER and SEND lies what they jump to; but control comes there too.
    if (target !== null && jump !== undefined) {
      const isSkipping = ops[pc] === OP.FOR_ITER || ops[pc] === OP.SEND;
      reach(isSkipping ? target - 1 : target, jump);
    }
    if (next !== undefined) reach(pc + 1 + CACHES[ops[pc]], next);
  }
  return stacks;
}

interface Handler {
  readonly pc: number;
  readonly depth: number;
  readonly hasLasti: boolean;
}
/** The innermost one: the table's entries do not overlap. */
function handlersAt(handlers: Int32Array, pc: number): Handler[] {
  for (let i = 0; i < handlers.length; i += 4) {
    if (handlers[i] > pc || pc >= handlers[i + 1]) continue;
    const depthAndLasti = handlers[i + 3];
    return [{ pc: handlers[i + 2], depth: depthAndLasti >> 1, hasLasti: (depthAndLasti & 1) !== 0 }];
  }
  return [];
}
function enterHandler(stack: Stack | null, { depth, hasLasti }: Handler): Stack {
  const kept = pop(stack, Math.max(0, depthOf(stack) - depth));
  return push(hasLasti ? push(kept, "lasti") : kept, "exception");
}

interface Effect {
  /** undefined: control does not go on, or jump. */
  next?: Stack | null;
  jump?: Stack | null;
}
function effect({ ops, args }: CodeFacts, pc: number, stack: Stack | null): Effect {
  const op = ops[pc];
  const oparg = args[pc];
  switch (op) {
    case OP.RETURN_VALUE:
    case OP.RAISE_VARARGS:
    case OP.RERAISE:
    case OP.INTERPRETER_EXIT:
      return {};
    case OP.JUMP_FORWARD:
    case OP.JUMP_BACKWARD:
    case OP.JUMP_BACKWARD_NO_INTERRUPT:
      return { jump: stack };
    case OP.POP_JUMP_IF_FALSE:
    case OP.POP_JUMP_IF_TRUE:
    case OP.POP_JUMP_IF_NONE:
    case OP.POP_JUMP_IF_NOT_NONE:
      return { next: pop(stack, 1), jump: pop(stack, 1) };
    case OP.FOR_ITER:
      return { next: push(stack, "object"), jump: push(stack, "object") };
    case OP.SEND:
      return { next: stack, jump: stack };
    case OP.GET_ITER:
    case OP.GET_AITER:
      return { next: push(pop(stack, 1), "iterator") };
    case OP.PUSH_EXC_INFO:
      return { next: push(push(pop(stack, 1), "exception"), peek(stack, 1)) };
    case OP.PUSH_NULL:
      return { next: push(stack, "null") };
    case OP.LOAD_GLOBAL:
      return { next: callable(push(stack, "object"), oparg) };
    case OP.LOAD_ATTR:
      return { next: callable(push(pop(stack, 1), "object"), oparg) };
    case OP.LOAD_SUPER_ATTR:
      return { next: callable(push(pop(stack, 3), "object"), oparg) };
    case OP.LOAD_SPECIAL:
      return { next: push(push(pop(stack, 1), "object"), "null") };
    case OP.COPY:
      return { next: push(stack, peek(stack, oparg)) };
    case OP.SWAP:
      return { next: swap(stack, oparg) };
    default: {
      // What it works on and leaves there, as CHECK_EXC_MATCH the exception, is what it was.
      const change = stackEffect(op, oparg, false);
      let next = pop(stack, Math.max(0, -change));
      for (let i = 0; i < change; i++) next = push(next, "object");
      return { next };
    }
  }
}
/** What may be called next, with room for the object that it is a method of. */
function callable(stack: Stack, oparg: number): Stack {
  return (oparg & 1) !== 0 ? push(stack, "null") : stack;
}
function swap(stack: Stack | null, distance: number): Stack | null {
  const kinds: Kind[] = [];
  let rest = stack;
  for (let i = 0; i < distance && rest !== null; i++, rest = rest.below) kinds.push(rest.top);
  const last = kinds.length - 1;
  [kinds[0], kinds[last]] = [kinds[last], kinds[0]];
  return kinds.reduceRight<Stack | null>((below, kind) => push(below, kind), rest);
}

// ── comparing ────────────────────────────────────────────────────────────────────────────────────────────────
/** Do the values of `from`, less those on top that are one too many, do where the stack is as in `to`? */
export function areCompatible(from: Stack | null, to: Stack | null): boolean {
  let have = pop(from, Math.max(0, depthOf(from) - depthOf(to)));
  if (depthOf(have) !== depthOf(to)) return false;
  for (let need = to; need !== null && have !== null; need = need.below, have = have.below) {
    if (!does(have.top, need.top)) return false;
  }
  return true;
}
function does(have: Kind, need: Kind): boolean {
  if (need === "null") return true;
  return need === "object" ? have !== "null" : have === need;
}
/** Why one cannot jump to where the stack is like this. */
export function explainStack(stack: Stack | null | undefined): string {
  if (stack === undefined) return "code may be unreachable.";
  switch (stack?.top) {
    case "exception":
      return "can't jump into an 'except' block as there's no exception";
    case "lasti":
      return "can't jump into a re-raising block as there's no location";
    case "iterator":
      return "can't jump into the body of a for loop";
    default:
      return "incompatible stacks";
  }
}
