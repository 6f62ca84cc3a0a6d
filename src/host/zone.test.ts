import assert from "node:assert/strict";
import { test } from "node:test";
import { zoneOf } from "./zone.ts";

/** What `zoneOf` says in zone `zone`, in January and July of 2026. */
function namesIn(zone: string): string[] {
  const before = process.env.TZ;
  process.env.TZ = zone;
  try {
    return [1767960000, 1783598400].map((seconds) => zoneOf(seconds).name);
  } finally {
    if (before === undefined) delete process.env.TZ;
    else process.env.TZ = before;
  }
}

test("abbreviations of zones, those that Date names in full and others", () => {
  assert.deepEqual(namesIn("UTC"), ["UTC", "UTC"]);
  assert.deepEqual(namesIn("Europe/London"), ["GMT", "+01"]);
  assert.deepEqual(namesIn("America/New_York"), ["EST", "EDT"]);
  assert.deepEqual(namesIn("America/Los_Angeles"), ["PST", "PDT"]);
  assert.deepEqual(namesIn("America/Phoenix"), ["MST", "MST"]);
  assert.deepEqual(namesIn("Asia/Manila"), ["+08", "+08"]);
  assert.deepEqual(namesIn("Asia/Kolkata"), ["+0530", "+0530"]);
});
