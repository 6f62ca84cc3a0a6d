import assert from "node:assert/strict";
import { test } from "node:test";
import { siphash13 } from "./source-hash.ts";

const hex = (text: string) => [...text].map((c) => c.charCodeAt(0).toString(16).padStart(2, "0")).join("");

test("hashes are CPython's", () => {
  // CPython 3.14: _imp.source_hash(168627755, data).hex()
  assert.equal(hex(siphash13(168627755n, new TextEncoder().encode(""))), EMPTY);
  assert.equal(hex(siphash13(168627755n, new TextEncoder().encode("hello, world: x = 1\n"))), TEXT);
});
const EMPTY = "61f5b7cb653a6aa4";
const TEXT = "a1902a7a452e5be3";
