/** Searching in sequences that are longer than what a double counts. */
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { Python } from "../../api/index.ts";
import { libraryFiles } from "../../host/node/library.ts";

const dist = fileURLToPath(new URL("../../../dist", import.meta.url));
const options = { skip: existsSync(`${dist}/stdlib.bin`) ? false : "dist/stdlib.bin is not built" };

test("positions up to 2**63", options, () => {
  const source = `
from _bisect import bisect_left, bisect_right
n = 2**63 - 1
d = range(n - 1)
def error(*args):
    try: bisect_left(*args)
    except Exception as e: return f"{type(e).__name__}: {e}"
str([bisect_left(d, n - 3) - n, bisect_right(d, n - 3, n - 10, n) - n, bisect_left(d, 2**52), bisect_left([1, 2], 3),
     error(d, 1, 2**70), error(d, 1, 0, 2**70), error(d, 1, -3)])`;
  const python = new Python({ library: libraryFiles(dist), settings: { noSite: true } });
  assert.equal(
    python.run(source),
    "[-3, -2, 4503599627370496, 2, 'OverflowError: Python int too large to convert to C ssize_t', " +
      "\"OverflowError: cannot fit 'int' into an index-sized integer\", 'ValueError: lo must be non-negative']",
  );
});
