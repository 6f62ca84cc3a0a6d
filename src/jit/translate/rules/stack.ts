/** Loads and stores of locals and constants: they move nodes about and leave no trace. */
import type { Rule } from "../rules.ts";

const nothing: Rule = () => {};
const loadFast: Rule = (t, { oparg }) => t.top.push(t.top.slots[oparg]);
const loadTwo: Rule = (t, { oparg }) => {
  const { top } = t;
  top.push(top.slots[oparg >> 4]);
  top.push(top.slots[oparg & 15]);
};

export const stackRules: Record<string, Rule> = {
  NOP: nothing,
  NOT_TAKEN: nothing,
  EXTENDED_ARG: nothing,
  CACHE: nothing,
  EXIT_INIT_CHECK: (t) => void t.top.pop(),
  LOAD_FAST: loadFast,
  LOAD_FAST_BORROW: loadFast,
  LOAD_FAST_LOAD_FAST: loadTwo,
  LOAD_FAST_BORROW_LOAD_FAST_BORROW: loadTwo,
  LOAD_FAST_CHECK(t, { oparg }) {
    const node = t.top.slots[oparg];
    if (t.kindOf(node) === "any") t.guard("IS_BOUND", [node], "unbound local");
    t.top.push(node);
  },
  LOAD_FAST_AND_CLEAR(t, { oparg }) {
    t.top.push(t.top.slots[oparg]);
    t.top.slots[oparg] = t.unbound;
  },
  STORE_FAST(t, { oparg }) {
    t.top.slots[oparg] = t.top.pop();
  },
  STORE_FAST_LOAD_FAST(t, { oparg }) {
    const { top } = t;
    top.slots[oparg >> 4] = top.pop();
    top.push(top.slots[oparg & 15]);
  },
  STORE_FAST_STORE_FAST(t, { oparg }) {
    const { top } = t;
    top.slots[oparg >> 4] = top.pop();
    top.slots[oparg & 15] = top.pop();
  },
  DELETE_FAST(t, { oparg }) {
    const node = t.top.slots[oparg];
    if (t.kindOf(node) === "any") t.guard("IS_BOUND", [node], "unbound local");
    t.top.slots[oparg] = t.unbound;
  },
  LOAD_CONST: (t, { code, oparg }) => t.top.push(t.constant(code.consts[oparg])),
  LOAD_SMALL_INT: (t, { oparg }) => t.top.push(t.constant(oparg)),
  POP_TOP: (t) => void t.top.pop(),
  POP_ITER: (t) => void t.top.pop(),
  END_FOR: (t) => void t.top.pop(),
  END_SEND(t) {
    const value = t.top.pop();
    t.top.pop();
    t.top.push(value);
  },
  PUSH_NULL: (t) => t.top.push(t.unbound),
  COPY: (t, { oparg }) => t.top.push(t.top.peek(oparg)),
  SWAP(t, { oparg }) {
    const { top } = t;
    const upper = top.peek(1);
    top.slots[top.sp - 1] = top.peek(oparg);
    top.slots[top.sp - oparg] = upper;
  },
};
