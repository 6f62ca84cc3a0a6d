import assert from "node:assert/strict";
import { test } from "node:test";
import { Node } from "../ir/node.ts";
import type { Trace } from "../ir/trace.ts";
import type { Log } from "../record/log.ts";
import { Blocks, partsOf } from "./blocks.ts";

const log: Log = { id: 1, steps: [], end: "loop", reason: "", link: null, origin: null };
const join = (id: number): Node => new Node(id, "JOIN", [], "none");
function guard(id: number, target: Node): Node {
  const node = new Node(id, "HOLDS", [], "none");
  node.side = { log, nodes: [], end: { kind: "join", join: target, arm: 0, path: null } };
  return node;
}
const trace = (...nodes: Node[]): Trace => ({ log, nodes, end: { kind: "loop", slots: [], path: null } });
const idsOf = (parts: Map<number, Node[]>): [number, number[]][] =>
  [...parts].map(([at, joins]) => [at, joins.map(({ id }) => id)]);

test("parts one after the other, and one in the other", () => {
  const [a, b, c] = [join(1), join(2), join(3)];
  const parts = partsOf(trace(guard(10, a), a, guard(11, c), guard(12, b), b, c));
  assert.deepEqual(idsOf(parts), [
    [0, [1]],
    [3, [2]],
    [2, [3]],
  ]);
});
test("a part that begins within another and ends behind it begins with it", () => {
  const [a, b] = [join(1), join(2)];
  assert.deepEqual(idsOf(partsOf(trace(guard(10, a), guard(11, b), a, b))), [[0, [2, 1]]]);
});
test("what is used behind its block is declared in front of the outermost block that has ended", () => {
  const lines: string[] = [];
  const blocks = new Blocks(lines);
  const value = new Node(7, "ADD", [], "any");
  const [outer, inner] = [join(1), join(2)];
  for (const part of [outer, inner]) {
    lines.push("", "{");
    blocks.open(part, [], new Set());
  }
  blocks.defined(value);
  lines.push("const v7 = 1;");
  blocks.close(inner);
  lines.push("}");
  blocks.used(value);
  assert.deepEqual(lines, ["", "{", "let v7;", "{", "v7 = 1;", "}"]);
  blocks.close(outer);
  blocks.used(value);
  assert.deepEqual(lines, ["let v7;", "{", "", "{", "v7 = 1;", "}"]);
});
