/** `time.tzset`, as CPython 3.14 answers for the same TZ. */
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { Python } from "../../api/index.ts";
import { libraryFiles } from "../../host/node/library.ts";
import { nodeClock, nodeHost } from "../../host/node/host.ts";

const dist = fileURLToPath(new URL("../../../dist", import.meta.url));
const options = { skip: existsSync(`${dist}/stdlib.bin`) ? false : "dist/stdlib.bin is not built" };

/** What the local zone is in winter and summer of 2026 when TZ is `zone`. */
function shown(zone: string): unknown {
  const python = new Python({
    library: libraryFiles(dist),
    files: nodeHost().files ?? {},
    clock: nodeClock,
    settings: { noSite: true },
  });
  return python.run(`
import os, time
os.environ["TZ"] = ${JSON.stringify(zone)}
time.tzset()
str([time.timezone, time.altzone, time.daylight, *time.tzname] + [
    x for t in (1767960000, 1783598400) for x in (time.localtime(t)[3], time.localtime(t).tm_isdst, time.strftime("%Z%z", time.localtime(t)))])
`);
}

test("POSIX's notation, with and without summer time", options, () => {
  assert.equal(shown("UTC+0"), "[0, 0, 0, 'UTC', 'UTC', 12, 0, 'UTC+0000', 12, 0, 'UTC+0000']");
  const eastern = "[18000, 14400, 1, 'EST', 'EDT', 7, 0, 'EST-0500', 8, 1, 'EDT-0400']";
  assert.equal(shown("EST+05EDT,M4.1.0,M10.5.0"), eastern);
  assert.equal(shown("EST5EDT"), eastern);
  assert.equal(
    shown("AEST-10AEDT-11,M10.5.0,M3.5.0"),
    "[-36000, -39600, 1, 'AEST', 'AEDT', 23, 1, 'AEDT+1100', 22, 0, 'AEST+1000']",
  );
});

test("what is neither a zone of the database nor POSIX's notation is UTC", options, () => {
  assert.equal(
    shown("Nowhere/At_all"),
    "[0, 0, 0, 'Nowhere', 'Nowhere', 12, 0, 'Nowhere+0000', 12, 0, 'Nowhere+0000']",
  );
});

const database = { skip: options.skip || (existsSync("/usr/share/zoneinfo/Europe/Berlin") ? false : "no zones here") };
test("a zone of the database", database, () => {
  assert.equal(shown(""), "[0, 0, 0, 'UTC', 'UTC', 12, 0, 'UTC+0000', 12, 0, 'UTC+0000']");
  assert.equal(shown("Europe/Berlin"), "[-3600, -7200, 1, 'CET', 'CEST', 13, 0, 'CET+0100', 14, 1, 'CEST+0200']");
});

test("naive datetimes that the clock skips or shows twice, by their fold", options, () => {
  const python = new Python({ library: libraryFiles(dist), settings: { noSite: true } });
  const shown = python.run(`
import os, time
os.environ["TZ"] = "EST5EDT,M3.2.0,M11.1.0"
time.tzset()
from datetime import datetime, timezone
str([str(d.replace(fold=fold).astimezone(timezone.utc).time()) + str(d.replace(fold=fold).astimezone())[10:]
     for d in (datetime(2026, 3, 8, 2, 30), datetime(2026, 11, 1, 1, 30)) for fold in (0, 1)])
`);
  const skipped = "'07:30:00 03:30:00-04:00', '06:30:00 01:30:00-05:00'";
  assert.equal(shown, `[${skipped}, '05:30:00 01:30:00-04:00', '06:30:00 01:30:00-05:00']`);
});
