/** The text that the baseline compiler makes. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { OPCODE } from "../../generated/metadata.ts";
import { EMITTERS } from "../../generated/baseline.ts";
import { InlineCache, type PyCode } from "../../objects/code.ts";
import { nameOf } from "../translate/instructions.ts";
import { Emitter } from "./emitter.ts";

/** Code with two locals, as far as the emitter looks at it. */
const CODE = {
  nlocalsplus: 2,
  handlers: new Int32Array(),
  caches: [],
  loopConsts: [7],
  names: ["a"],
} as unknown as PyCode;

type Step = readonly [name: keyof typeof OPCODE, oparg?: number, cache?: Partial<InlineCache>];
/** The text of the instructions, of two code units each, one after the other. */
function emit(...steps: Step[]): string {
  return emitCode(CODE, ...steps);
}
function emitCode(code: PyCode, ...steps: Step[]): string {
  const emitter = new Emitter(code, (pc) => pc, false, false);
  emitter.beginBlock();
  let sp: number | undefined = 2;
  steps.forEach(([name, oparg = 0, fields], i) => {
    const cache = Object.assign(new InlineCache(), fields);
    const variants = [{ op: OPCODE[name] as number, cache }];
    sp = emitter.instruction(2 * i, variants, oparg, sp as number, (e, op) =>
      EMITTERS[nameOf(op)](e, oparg, sp as number),
    )?.sp;
  });
  return emitter.lines.filter((line) => line !== "").join("\n");
}

test("loads and stores are names, and a local that is known is not read again", () => {
  const text = emit(["LOAD_FAST", 0], ["STORE_FAST", 1], ["LOAD_FAST", 1], ["LOAD_FAST", 0], ["RETURN_VALUE"]);
  assert.equal(text, "const t1 = s[0];\ns[1] = t1;\n{\ns[3] = t1;\nframe.pc = 8; frame.sp = 4; return 3;\n}");
});
test("a failed guard runs the general instruction on the frame's array, and both ways meet", () => {
  const text = emit(["LOAD_FAST", 0], ["LOAD_CONST", 0], ["BINARY_OP_ADD_INT"], ["STORE_FAST", 1]);
  assert.match(text, /i4: \{ g4_0: \{\nif \(!\(typeof t1 === "number" && typeof 7 === "number"\)\) break g4_0;/);
  assert.match(text, /s\[2\] = t1;\ns\[3\] = 7;\nconst r = slow\(run_BINARY_OP, s, 4, 4, 0, frame\);/);
  assert.match(text, /m4_2 = s\[2\];\n\}\ns\[1\] = m4_2;$/);
});
test("conditions on the argument and the cache are decided", () => {
  const method = emit(["LOAD_FAST", 0], ["LOAD_ATTR_INSTANCE_VALUE", 1, { index: 3, version: 9 }]);
  assert.match(method, /value = self\.s3;/);
  assert.doesNotMatch(method, /self\.s2|newFloat|cache/);
  assert.match(emit(["LOAD_FAST", 0], ["LOAD_ATTR_INSTANCE_VALUE", 0, { isFloat: true }]), /newFloat\(value\)/);
});
test("what a handler needs is stored once, and again when the array may hold something else", () => {
  // The second instruction is covered by a handler that keeps one stack entry.
  const code = { ...CODE, handlers: Int32Array.of(2, 4, 90, 1 << 1), loopConsts: [null] } as unknown as PyCode;
  const jump: Step[] = [
    ["LOAD_FAST", 1],
    ["POP_JUMP_IF_FALSE", 9],
  ];
  const text = emitCode(
    code,
    ["LOAD_CONST", 0],
    ["NOP"],
    ...jump,
    ["POP_TOP"],
    ["LOAD_FAST", 0],
    ...jump,
    ["POP_TOP"],
    ["LOAD_CONST", 0],
    ...jump,
  );
  const stores = [...text.matchAll(/s\[2\] = (\w+);/g)].map(([, value]) => value);
  assert.deepEqual(stores, ["null", "t2", "null"]);
});
test("a conditional jump leaves the rest of the block as it is", () => {
  const text = emit(["LOAD_FAST", 0], ["LOAD_FAST", 1], ["POP_JUMP_IF_FALSE", 4], ["STORE_FAST", 0]);
  assert.match(text, /if \(t2 === false\) \{\ns\[2\] = t1;\nat = \d+; continue main;\n\}/);
  assert.match(text, /s\[0\] = t1;$/);
});
