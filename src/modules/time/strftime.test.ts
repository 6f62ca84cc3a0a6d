import assert from "node:assert/strict";
import { test } from "node:test";
import { civilFromSeconds, secondsFromCivil } from "./calendar.ts";
import { type Moment, asctimeText, strftime } from "./strftime.ts";

const at = (seconds: number): Moment => ({ ...civilFromSeconds(seconds), zone: "UTC", offset: 0, epoch: seconds });

test("the calendar goes both ways, before the epoch too", () => {
  for (const seconds of [0, -1, 951782400, 4107542399, -62135596800, 253402300799, 1704164645]) {
    const c = civilFromSeconds(seconds);
    assert.equal(secondsFromCivil(c.year, c.month, c.day, c.hour, c.minute, c.second), seconds);
  }
  assert.deepEqual(
    { ...civilFromSeconds(1704164645) },
    {
      year: 2024,
      month: 1,
      day: 2,
      hour: 3,
      minute: 4,
      second: 5,
      weekday: 1,
      yearday: 2,
    },
  );
});
test("directives as the C locale has them", () => {
  const moment = at(1704164645);
  const text = strftime("%a %A %b %C %G %g %V %U %W %u %w %j %y %e|%k|%l %p %P %D %F %T %r %s %z %Z %% %Q", moment);
  assert.equal(
    text,
    "Tue Tuesday Jan 20 2024 24 01 00 01 2 2 002 24  2| 3| 3 AM am 01/02/24 2024-01-02 03:04:05 03:04:05 AM 1704164645 +0000 UTC % %Q",
  );
  assert.equal(strftime("%-d %_d %05d %5B", moment), "2  2 00002 January");
  assert.equal(asctimeText(moment), "Tue Jan  2 03:04:05 2024");
});
