/** Time zones, as CPython 3.14 answers about the same files. */
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { Python } from "../../api/index.ts";
import { libraryFiles } from "../../host/node/library.ts";

const dist = fileURLToPath(new URL("../../../dist", import.meta.url));
const options = { skip: existsSync(`${dist}/stdlib.bin`) ? false : "dist/stdlib.bin is not built" };

const HELPERS = `
import io, pickle, struct, sys
from datetime import datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError
def header(version, *counts): return b"TZif" + version + bytes(15) + struct.pack(">6l", *counts)
def tzif(text=b"", times=(), indices=(), types=(), names=b""):
    counts = 0, 0, 0, len(times), len(types), len(names)
    body = struct.pack(f">{len(times)}q", *times) + bytes(indices) + b"".join(struct.pack(">lbb", *t) for t in types)
    return io.BytesIO(header(b"2", 0, 0, 0, 0, 0, 0) + header(b"2", *counts) + body + names + b"\\n" + text + b"\\n")
def zone(text="", *story, key=None): return ZoneInfo.from_file(tzif(text.encode("latin1"), *story), key=key)
def error(f, *args):
    try: return f(*args)
    except Exception as e: return f"{type(e).__name__}: {e}"
NEW_YORK = "EST5EDT,M3.2.0,M11.1.0"
`;

/** What the last expression gives; `pure`: with the half of zoneinfo that is in Python. */
function show(source: string, { pure = false } = {}): unknown {
  const python = new Python({ library: libraryFiles(dist), settings: { noSite: true } });
  return python.run(`${pure ? "import sys; sys.modules['_zoneinfo'] = None\n" : ""}${HELPERS}${source}`);
}

for (const pure of [false, true]) {
  const half = pure ? "in Python" : "native";

  test(`${half}: gaps and folds of a TZ string`, options, () => {
    const source = `
z = zone(NEW_YORK)
moments = [datetime(2024, 3, 10, 2, 30), datetime(2024, 11, 3, 1, 30), datetime(2024, 7, 1)]
local = [[str(m.replace(tzinfo=z, fold=f)) + z.tzname(m.replace(fold=f)) for f in (0, 1)] for m in moments]
utc = [datetime(2024, 11, 3, h, tzinfo=timezone.utc).astimezone(z) for h in (5, 6, 7)]
str((local, [(str(u), u.fold) for u in utc], str(z.dst(moments[2]))))`;
    assert.equal(
      show(source, { pure }),
      "([['2024-03-10 02:30:00-05:00EST', '2024-03-10 02:30:00-04:00EDT'], " +
        "['2024-11-03 01:30:00-04:00EDT', '2024-11-03 01:30:00-05:00EST'], " +
        "['2024-07-01 00:00:00-04:00EDT', '2024-07-01 00:00:00-04:00EDT']], " +
        "[('2024-11-03 01:00:00-04:00', 0), ('2024-11-03 01:00:00-05:00', 1), ('2024-11-03 02:00:00-05:00', 0)], " +
        "'1:00:00')",
    );
  });

  test(`${half}: days of TZ strings`, options, () => {
    const source = `
def begins(text):
    z = zone(text)
    day = datetime(2024, 1, 1, 12)
    before = z.dst(day)
    while z.dst(day) == before: day += timedelta(days=1)
    return str(day.date())
str([begins(f"A0B,{day},J365/25") for day in ("J59", "J60", "59", "60", "M2.5.4", "M2.4.4", "J1/167", "M3.1.0/-30")])`;
    const days = ["28", "29", "28", "29", "29", "22"].map((day) => `'2024-02-${day}'`);
    // 1 March is the 61st day of a leap year.
    days[1] = "'2024-03-01'";
    assert.equal(show(source, { pure }), `[${days.join(", ")}, '2024-01-08', '2024-03-02']`);
  });

  test(`${half}: transitions of a file, and what was before`, options, () => {
    const source = `
types = [(-968, 0, 0), (3600, 1, 4), (0, 0, 8), (7200, 1, 4)]
z = zone("", [-(10**9), 0, 10**9, 1100000000], [1, 2, 3, 2], types, b"LMT\\0DST\\0GMT\\0")
years = [datetime(y, 6, 1) for y in (1930, 1950, 1980, 2002, 2020)]
fold = datetime.fromtimestamp(1100000001, z)
str([f"{z.tzname(y)} {z.utcoffset(y)} {z.dst(y)}" for y in years] + [str(fold), fold.fold, time(1, tzinfo=z).tzname()])`;
    assert.equal(
      show(source, { pure }),
      "['LMT -1 day, 23:43:52 0:00:00', 'DST 1:00:00 1:00:00', 'GMT 0:00:00 0:00:00', 'DST 2:00:00 2:00:00', " +
        "'GMT 0:00:00 0:00:00', '2004-11-09 11:33:21+00:00', 1, None]",
    );
  });
}

test("malformed files and TZ strings", options, () => {
  const source = `
str([error(zone, t) for t in ("AAA", "PST8PDT", "A0B,J1", "A0B,J0,J1", "A0B,J1,J2,", "A25", "é3", "")] + [
    error(ZoneInfo.from_file, io.BytesIO(data)) for data in (b"", b"TZif2", header(b"2", *[0] * 6) * 2 + b"\\nA")] + [
    error(zone, "", [0], [1], [(0, 0, 0)], b"A\\0")])`;
  assert.equal(
    show(source),
    `["ValueError: Invalid STD offset in b'AAA'", "ValueError: Invalid DST offset in b'PST8PDT'", ` +
      `"ValueError: Missing transition rules in TZ string: b'A0B,J1'", ` +
      `"ValueError: Malformed transition rule in TZ string: b'A0B,J0,J1'", ` +
      `"ValueError: Extraneous characters at end of TZ string: b'A0B,J1,J2,'", ` +
      `"ValueError: Invalid STD offset in b'A25'", "ValueError: Invalid STD format in b'\\\\xe93'", ` +
      `'ValueError: No time zone information found.', 'ValueError: Invalid TZif file: magic not found', ` +
      `'error: unpack requires a buffer of 24 bytes', 'ValueError: Invalid TZif file: unexpected end of file', ` +
      `'ValueError: Invalid transition index found while reading TZif: 1']`,
  );
});

test("keys: caches, subclasses, pickles, errors", options, () => {
  const source = `
import zoneinfo._tzpath, zoneinfo._common
# No files here: every key is a zone of the package tzdata.
zoneinfo._tzpath.find_tzfile = lambda key: None
load_tzdata, zoneinfo._common.load_tzdata = zoneinfo._common.load_tzdata, lambda key: tzif(b"EST5")
class Sub(ZoneInfo): pass
a = ZoneInfo("A")
same = [ZoneInfo("A") is a, ZoneInfo.no_cache("A") is a, Sub("A") is a, Sub("A") is Sub("A"),
        pickle.loads(pickle.dumps(a)) is a, pickle.loads(pickle.dumps(ZoneInfo.no_cache("A"))) is a]
ZoneInfo.clear_cache(only_keys=["B"]); same.append(ZoneInfo("A") is a)
ZoneInfo.clear_cache(only_keys=["A"]); same.append(ZoneInfo("A") is a)
zoneinfo._common.load_tzdata = load_tzdata
unnamed = zone("EST5", key="E")
str([same, repr(a), str(a), repr(Sub("A")), repr(unnamed), error(pickle.dumps, unnamed), error(ZoneInfo, "No/Zone"),
     error(setattr, a, "key", 1), error(ZoneInfo, []), issubclass(ZoneInfoNotFoundError, KeyError)])`;
  assert.equal(
    show(source),
    "[[True, False, False, True, True, False, True, False], \"zoneinfo.ZoneInfo(key='A')\", 'A', \"Sub(key='A')\", " +
      "\"zoneinfo.ZoneInfo(key='E')\", 'PicklingError: Cannot pickle a ZoneInfo file from a file stream.', " +
      "\"ZoneInfoNotFoundError: 'No time zone found with key No/Zone'\", 'AttributeError: readonly attribute', " +
      "\"TypeError: cannot use 'list' as a dict key (unhashable type: 'list')\", True]",
  );
});
