import assert from "node:assert/strict";
import { test } from "node:test";
import * as calendar from "./calendar.ts";
import { parseDate, parseTime, separatorIndex } from "./iso-format.ts";

test("ordinals and dates are inverse over the whole range", () => {
  let expected = 1;
  for (let year = 1; year <= 9999; year += 37) {
    expected = calendar.toOrdinal(year, 1, 1);
    for (let month = 1; month <= 12; month++) {
      for (const day of [1, calendar.daysInMonth(year, month)]) {
        assert.deepStrictEqual(calendar.fromOrdinal(calendar.toOrdinal(year, month, day)), { year, month, day });
      }
      assert.strictEqual(calendar.toOrdinal(year, month, 1), expected);
      expected += calendar.daysInMonth(year, month);
    }
  }
  assert.strictEqual(calendar.toOrdinal(9999, 12, 31), calendar.MAX_ORDINAL);
});

test("ISO weeks", () => {
  assert.deepStrictEqual(calendar.isoCalendar(2020, 12, 31), { year: 2020, week: 53, weekday: 4 });
  assert.deepStrictEqual(calendar.isoCalendar(2021, 1, 3), { year: 2020, week: 53, weekday: 7 });
  assert.deepStrictEqual(calendar.isoCalendar(2024, 12, 30), { year: 2025, week: 1, weekday: 1 });
  assert.strictEqual(calendar.isoProblem(2021, 53, 1), "week");
  assert.deepStrictEqual(calendar.fromOrdinal(calendar.isoToOrdinal(2020, 1, 1)), { year: 2019, month: 12, day: 30 });
});

test("ISO texts", () => {
  const date = { year: 2020, month: 1, day: 2 };
  for (const text of ["2020-01-02", "20200102", "2020-W01-4", "2020W014"])
    assert.deepStrictEqual(parseDate(text), date);
  for (const text of ["2020-0102", "2020-W014", "2020-W54-1", "2020-1-02"]) assert.strictEqual(parseDate(text), null);
  const clock = { hour: 10, minute: 5, second: 6, microsecond: 120000 };
  assert.deepStrictEqual(parseTime("10:05:06.12"), { ...clock, offset: null });
  assert.deepStrictEqual(parseTime("100506,12-0130"), { ...clock, offset: -5400e6 });
  assert.deepStrictEqual(parseTime("10:05:06.12Z"), { ...clock, offset: "Z" });
  for (const text of ["1", "10:0506", "10:05:06.", "10Z1", "10+"]) assert.strictEqual(parseTime(text), null);
  assert.strictEqual(separatorIndex("20200102T10"), 8);
  assert.strictEqual(separatorIndex("2020-W01T10"), 8);
  assert.strictEqual(separatorIndex("2020-01-02 10"), 10);
});
