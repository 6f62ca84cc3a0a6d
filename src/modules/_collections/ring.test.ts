import assert from "node:assert/strict";
import { test } from "node:test";
import { Ring } from "./ring.ts";

test("behaves as an array under random operations at both ends", () => {
  const ring = new Ring();
  let model: number[] = [];
  let seed = 99;
  for (let i = 0; i < 20_000; i++) {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    const action = (seed >>> 16) % 8;
    if (action < 2) {
      ring.push(i);
      model.push(i);
    } else if (action < 4) {
      ring.unshift(i);
      model.unshift(i);
    } else if (action === 4 && model.length > 0) assert.equal(ring.pop(), model.pop());
    else if (action === 5 && model.length > 0) assert.equal(ring.shift(), model.shift());
    else if (action === 6) {
      const n = ((seed >>> 4) % 40) - 20;
      ring.rotate(n);
      const at = model.length === 0 ? 0 : ((-n % model.length) + model.length) % model.length;
      model = model.slice(at).concat(model.slice(0, at));
    } else if (model.length > 0) {
      const at = (seed >>> 4) % model.length;
      assert.equal(ring.at(at), model[at]);
    }
    assert.equal(ring.length, model.length);
  }
  assert.deepEqual(ring.toArray(), model);
});
