/** The pass over the interpreter's loop keeps what V8 records of each value apart. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { shareLocals } from "./share-locals.mjs";

const SOURCE = `
function loop(ops, s, caches) {
  for (let pc = 0; ; pc++) {
    switch (ops[pc]) {
      case 0: {
        const list = s[0];
        const cache = caches[pc];
        if (cache.version !== 1) return -1;
        s[0] = list.length;
        break;
      }
      case 1: {
        const text = s[0];
        s[0] = text.length + 10;
        break;
      }
      case 2: {
        const item = s[0];
        const entry = caches[pc];
        let { value, next } = item;
        s[0] = value + next + entry.version;
        break;
      }
      case 3: {
        return s[0];
      }
      case 4: {
        const value = s[0];
        const first = value;
        s[0] = first.index;
        break;
      }
      case 5: {
        const value = s[0];
        const second = value;
        s[0] = second.index + 1;
        break;
      }
    }
  }
}
`;

/** The variables of which a property is read. */
function readers(source: string, property: string): string[] {
  return [...source.matchAll(new RegExp(`(\\$\\d+)\\.${property}\\b`, "g"))].map((match) => match[1]);
}

test("locals of different cases share variables, and the program stays the same", () => {
  const shared = shareLocals(SOURCE);
  assert.match(shared, /let \$0, \$1, \$2, \$3;/);
  const run = new Function(`${shared} return loop;`)() as (ops: number[], s: unknown[], caches: object[]) => unknown;
  const caches = [{ version: 1 }, { version: 1 }, { version: 1 }];
  assert.equal(run([0, 3], ["four"], caches), 4);
  assert.equal(run([1, 3], ["four"], caches), 14);
  assert.equal(run([2, 3], [{ value: 1, next: 2 }], caches), 4);
});

test("but not where the same property is read of what may be two kinds of values", () => {
  const shared = shareLocals(SOURCE);
  const lengths = readers(shared, "length");
  assert.equal(lengths.length, 2);
  assert.equal(new Set(lengths).size, 2);
  assert.equal(new Set(readers(shared, "index")).size, 2, "another name for an operand says nothing of it");
  const versions = readers(shared, "version");
  assert.equal(versions.length, 2);
  assert.equal(new Set(versions).size, 1, "what begins in the same way is of one kind");
});
