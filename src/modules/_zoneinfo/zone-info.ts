/** The type `zoneinfo.ZoneInfo`: a `tzinfo` of the IANA time zone database (PEP 615). */
import {
  BASETYPE,
  EXC,
  type Exc,
  HAS_WEAKREF,
  type KwNames,
  PyType,
  type Result,
  type Status,
  type Value,
} from "../../objects/core.ts";
import { classMethod, member, method, newType, parseArgs, rawClassMethod, signature } from "../../objects/define.ts";
import { attempt, raise, runtimeError, typeError, valueError } from "../../objects/errors.ts";
import { callImported, importAttribute } from "../../objects/import-hook.ts";
import { concat } from "../../objects/message.ts";
import { add } from "../../objects/protocol/number.ts";
import { asIndex } from "../../objects/protocol/convert.ts";
import { call, callMethod } from "../../objects/protocol/call.ts";
import { getAttr, repr } from "../../objects/protocol/object.ts";
import { forEach } from "../../objects/protocol/iter.ts";
import { rt } from "../../objects/runtime.ts";
import { newTuple } from "../../objects/tuple.ts";
import { typeOf } from "../../objects/types.ts";
import { withAttributes } from "../../objects/with-attributes.ts";
import { EPOCH, secondsOf } from "../_datetime/local-time.ts";
import { PyDateTime, PyTzInfo } from "../_datetime/objects.ts";
import { tzinfoType } from "../_datetime/zones.ts";
import { giveWeakCache, StrongCache, weakCacheOf } from "./cache.ts";
import type { Period } from "./period.ts";
import { readTzif } from "./tzif.ts";
import { Zone } from "./zone.ts";

/** How a zone came to be, which decides what unpickling gives. */
type Source = "cache" | "no cache" | "file";

class PyZoneInfo extends PyTzInfo {
  source: Source = "no cache";

  constructor(
    cls: PyType,
    readonly zone: Zone,
    readonly key: Value,
    /** The repr of the file that it was read from, when that is all that is known of it. */
    readonly fileRepr: Value,
  ) {
    super(cls);
  }
}
class PyZoneInfoSub extends withAttributes(PyZoneInfo) {}

function make(cls: PyType, file: Value, key: Value, fileRepr: Value): PyZoneInfo | Exc {
  const data = attempt(() => readTzif(file));
  if (data === EXC) return EXC;
  const zone = Zone.from(data);
  if (zone === EXC) return EXC;
  return cls === zoneInfoType ? new PyZoneInfo(cls, zone, key, fileRepr) : new PyZoneInfoSub(cls, zone, key, fileRepr);
}

// ── finding zones ──────────────────────────────────────────────────────────────────────────────────────────────

const STRONG = {};
const strongCache = (): StrongCache<PyZoneInfo> => rt.state(STRONG, () => new StrongCache<PyZoneInfo>());

const KEY = signature("(key)");

function newZoneInfo(cls: PyType, args: Value[], kwnames: KwNames): Result {
  const bound = parseArgs(KEY, "ZoneInfo", args, kwnames);
  return bound === EXC ? EXC : cached(cls, bound[0] as Value);
}

function cached(cls: PyType, key: Value): Result {
  if (cls === zoneInfoType) {
    const known = strongCache().get(key);
    if (known !== undefined) return known;
  }
  const weak = weakCacheOf(cls, zoneInfoType);
  if (weak === EXC) return EXC;
  let zone = callMethod(weak, "get", [key, null]);
  if (zone === null) {
    const made = load(cls, key);
    if (made === EXC) return EXC;
    made.source = "cache";
    zone = callMethod(weak, "setdefault", [key, made]);
  }
  if (zone === EXC) return EXC;
  if (!(zone instanceof PyZoneInfo)) return unexpected(zone, cls, key);
  if (cls === zoneInfoType) strongCache().add(key, zone);
  return zone;
}

function unexpected(found: Value, cls: PyType, key: Value): Exc {
  const shown = repr(key);
  if (shown === EXC) return EXC;
  return runtimeError(concat(`Unexpected instance of ${typeOf(found).name} in ${cls.name} weak cache for key `, shown));
}

/** The zone called `key` in the database. */
export function findZone(key: string): Zone | Exc {
  const found = load(zoneInfoType, key);
  return found === EXC ? EXC : found.zone;
}

/** From a file of the search path, or else from the package tzdata. */
function load(cls: PyType, key: Value): PyZoneInfo | Exc {
  const path = callImported("zoneinfo._tzpath", "find_tzfile", [key]);
  if (path === EXC) return EXC;
  const file =
    path === null ? callImported("zoneinfo._common", "load_tzdata", [key]) : callImported("_io", "open", [path, "rb"]);
  if (file === EXC) return EXC;
  const zone = make(cls, file, key, null);
  const failure = zone === EXC ? rt.exc : null;
  if (callMethod(file, "close") === EXC) return EXC;
  if (failure !== null) rt.exc = failure;
  return zone;
}

function fromFile(cls: PyType, file: Value, key: Value = null): Result {
  const shown = repr(file);
  if (shown === EXC) return EXC;
  const zone = make(cls, file, key, shown);
  if (zone !== EXC) zone.source = "file";
  return zone;
}

function clearCache(cls: PyType, onlyKeys: Value = null): Status {
  const weak = weakCacheOf(cls, zoneInfoType);
  if (weak === EXC) return EXC;
  if (onlyKeys === null) {
    if (callMethod(weak, "clear") === EXC) return EXC;
    if (cls === zoneInfoType) strongCache().clear();
    return null;
  }
  return forEach(onlyKeys, (key) => {
    if (cls === zoneInfoType && strongCache().remove(key) === EXC) return EXC;
    return callMethod(weak, "pop", [key, null]) === EXC ? EXC : null;
  });
}

// ── asking ─────────────────────────────────────────────────────────────────────────────────────────────────────

/** Seconds since 1970 on the wall clock. What is no datetime is asked for its parts. */
function localSeconds(dt: Value): number | Exc {
  if (dt instanceof PyDateTime) return secondsOf(dt, dt) - EPOCH;
  const ordinal = callMethod(dt, "toordinal");
  if (ordinal === EXC) return EXC;
  let total = Number(ordinal) * 24;
  for (const [name, next] of [
    ["hour", 60],
    ["minute", 60],
    ["second", 1],
  ] as const) {
    const value = getAttr(dt, name);
    if (value === EXC) return EXC;
    const part = asIndex(value);
    if (part === EXC) return EXC;
    total = (total + Number(part)) * next;
  }
  return total - EPOCH;
}

/** undefined: nothing can be said, a time without a date in a zone that changes. */
function periodAt(self: PyZoneInfo, dt: Value): Period | undefined | Exc {
  if (dt === null) return self.zone.always;
  const local = localSeconds(dt);
  if (local === EXC) return EXC;
  const fold = dt instanceof PyDateTime ? dt.fold : getAttr(dt, "fold");
  return fold === EXC ? EXC : self.zone.atLocal(local, fold === 1 ? 1 : 0);
}

const asked = (doc: string, answer: (period: Period) => Value) =>
  method(
    "($self, dt, /)",
    (self: PyZoneInfo, dt: Value) => {
      const period = periodAt(self, dt);
      if (period === EXC) return EXC;
      return period === undefined ? null : answer(period);
    },
    doc,
  );

function fromUtc(self: PyZoneInfo, dt: Value): Result {
  if (!(dt instanceof PyDateTime)) return typeError("fromutc: argument must be a datetime");
  if (dt.tzinfo !== self) return valueError("fromutc: dt.tzinfo is not self");
  const { period, fold } = self.zone.atUtc(secondsOf(dt, dt) - EPOCH);
  const local = add(dt, period.offset);
  if (local === EXC || !fold) return local;
  const replace = getAttr(local, "replace");
  return replace === EXC ? EXC : call(replace, [1], ["fold"]);
}

// ── text, pickling ─────────────────────────────────────────────────────────────────────────────────────────────

function show(self: PyZoneInfo): Result {
  const cls = typeOf(self);
  const name = cls === zoneInfoType ? "zoneinfo.ZoneInfo" : cls.name;
  if (self.key === null) return concat(`${name}.from_file(`, self.fileRepr as string, ")");
  const key = repr(self.key);
  return key === EXC ? EXC : concat(`${name}(key=`, key, ")");
}

function reduce(self: PyZoneInfo): Result {
  if (self.source === "file") {
    const type = importAttribute("pickle", "PicklingError");
    return type instanceof PyType ? raise(type, "Cannot pickle a ZoneInfo file from a file stream.") : EXC;
  }
  const unpickler = getAttr(typeOf(self), "_unpickle");
  return unpickler === EXC ? EXC : newTuple([unpickler, newTuple([self.key, self.source === "cache" ? 1 : 0])]);
}

function unpickle(cls: PyType, key: Value, fromCache: Value): Result {
  const isCached = asIndex(fromCache);
  if (isCached === EXC) return EXC;
  return isCached === 0 ? load(cls, key) : cached(cls, key);
}

export const zoneInfoType: PyType = newType("ZoneInfo", {
  module: "zoneinfo",
  base: tzinfoType,
  flags: BASETYPE | HAS_WEAKREF,
  slots: {
    tp_new: newZoneInfo,
    tp_repr: show,
    tp_str: (self: PyZoneInfo) => (self.key === null ? show(self) : self.key),
  },
  methods: () => ({
    clear_cache: classMethod("($type, /, *, only_keys=None)", clearCache, "Clear the ZoneInfo cache."),
    no_cache: classMethod("($type, /, key)", load, "Get a new instance of ZoneInfo, bypassing the cache."),
    from_file: classMethod("($type, file_obj, /, key=None)", fromFile, "Create a ZoneInfo file from a file object."),
    utcoffset: asked(
      "Retrieve a timedelta representing the UTC offset in a zone at the given datetime.",
      (period) => period.offset,
    ),
    dst: asked(
      "Retrieve a timedelta representing the amount of DST applied in a zone at the given datetime.",
      (period) => period.dst,
    ),
    tzname: asked(
      "Retrieve a string containing the abbreviation for the time zone that applies in a zone at a given datetime.",
      (period) => period.name,
    ),
    fromutc: method(
      "($self, object, /)",
      fromUtc,
      "Given a datetime with local time in UTC, retrieve an adjusted datetime in local time.",
    ),
    __reduce__: method("($self, /)", reduce, "Function for serialization with the pickle protocol."),
    _unpickle: classMethod("($type, key, from_cache, /)", unpickle, "Private method used in unpickling."),
    __init_subclass__: rawClassMethod((cls: PyType) => giveWeakCache(cls), "Function to initialize subclasses."),
  }),
  members: () => ({ key: member((self: PyZoneInfo) => self.key) }),
});
