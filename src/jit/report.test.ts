import assert from "node:assert/strict";
import { test } from "node:test";
import { indented } from "./report.ts";

test("emitted text is indented by its braces", () => {
  assert.equal(indented("for (;;) {\nif (a) {\nb;\n}\nc;\n}\nd;"), "for (;;) {\n  if (a) {\n    b;\n  }\n  c;\n}\nd;");
});
