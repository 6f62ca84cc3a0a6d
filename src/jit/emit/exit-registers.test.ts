import assert from "node:assert/strict";
import { test } from "node:test";
import { Node } from "../ir/node.ts";
import { ExitRegisters } from "./exit-registers.ts";

const node = (id: number): Node => new Node(id, "ADD", [], "any");

test("a side trace that comes back leaves the variables of the trace around it alone", () => {
  const [a, b] = [node(1), node(2)];
  const outer = new ExitRegisters(null, [[a], [a]]);
  outer.take([a]);
  outer.release();
  const side = new ExitRegisters(outer, [[a], [b]]);
  side.take([a]);
  side.release();
  assert.deepEqual(
    side.take([b]).map(({ register }) => register),
    [1],
  );
});
test("what was stored in a part that others go round is stored again behind it", () => {
  const [a, b] = [node(1), node(2)];
  const registers = new ExitRegisters(null, [[a], [b], [a, b]]);
  registers.take([a]);
  registers.release();
  const before = registers.open();
  assert.deepEqual(
    registers.take([b]).map(({ isShared }) => isShared),
    [true],
  );
  registers.release();
  registers.close(before);
  assert.deepEqual(
    registers.take([a, b]).map((store) => store.node),
    [b],
  );
});
