/** `math.sumprod` where the exact sum overflows on the way: the plain one counts, as in CPython. */
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { Python } from "../../api/index.ts";
import { libraryFiles } from "../../host/node/library.ts";

const dist = fileURLToPath(new URL("../../../dist", import.meta.url));
const options = { skip: existsSync(`${dist}/stdlib.bin`) ? false : "dist/stdlib.bin is not built" };

test("overflow", options, () => {
  const source = `
from math import inf, sumprod
big = 1.7976931348623157e308
str([sumprod([big, big], [1.0, 1.0]), sumprod([big, big, -big], [1.0] * 3), sumprod([big, big], [1.0, -1.0]),
     sumprod([big, big], [big, -big]), sumprod([0.1] * 10, [1.0] * 10)])`;
  const python = new Python({ library: libraryFiles(dist), settings: { noSite: true } });
  assert.equal(python.run(source), "[inf, inf, 0.0, nan, 1.0]");
});
