/** The local time zone: the host's until the program calls `tzset`, and then the one that the environment's TZ names. */
import { EXC, type Value } from "../../objects/core.ts";
import { clearException } from "../../objects/errors.ts";
import { rt } from "../../objects/runtime.ts";
import { newTuple } from "../../objects/tuple.ts";
import { Zone } from "../_zoneinfo/zone.ts";
import { findZone } from "../_zoneinfo/zone-info.ts";
import { host } from "../support/host.ts";
import { civilFromSeconds, secondsFromCivil } from "./calendar.ts";
import { clockNow } from "./clock.ts";

export interface LocalTime {
  /** Seconds east of UTC. */
  offset: number;
  name: string;
  isDst: boolean;
}

interface LocalZoneState {
  /** Undefined: the host's. */
  zone: Zone | undefined;
}
const STATE = {};
const localZone = (): LocalZoneState => rt.state<LocalZoneState>(STATE, () => ({ zone: undefined }));

/** No `Date` is further from 1970; a day less, for the zones. */
const LAST_DATE = 8.64e12 - 86400;

/** What the clock shows at a moment; the last known zone for times beyond what JavaScript's dates reach. */
export function zoneAt(epoch: number): LocalTime {
  const moment = Math.max(-LAST_DATE, Math.min(epoch, LAST_DATE));
  const { zone } = localZone();
  if (zone === undefined) return clockNow().zone(moment);
  const { seconds, dst, name } = zone.atUtc(Math.floor(moment)).period;
  return { offset: seconds, name, isDst: dst.days !== 0 || dst.seconds !== 0 };
}

/** Reads TZ again. */
export function readZone(): void {
  const text = host().environment.get("TZ")?.replace(/^:/, "");
  localZone().zone = text === undefined || text === "/etc/localtime" ? undefined : zoneCalled(text);
}

/** As the C library takes TZ: a file of the database, else POSIX's notation, else UTC under that name. */
function zoneCalled(text: string): Zone {
  // Summer time without rules has those of the United States.
  const rules = /\d[A-Za-z]{3,}$/.test(text) ? `${text},M3.2.0,M11.1.0` : text;
  return (
    known(findZone(text === "" ? "Universal" : text)) ??
    known(fromRules(rules)) ??
    (fromRules(`<${/^[-+\w]{3,}/.exec(text)?.[0] ?? "UTC"}>0`) as Zone)
  );
}

const fromRules = (tzString: string): Zone | typeof EXC =>
  Zone.from({ times: [], typeOfTransition: [], types: [], tzString });

function known(zone: Zone | typeof EXC): Zone | undefined {
  if (zone !== EXC) return zone;
  clearException();
  return undefined;
}

/** `timezone`, `altzone`, `daylight` and `tzname`, by this year's January and July. */
export function zoneAttributes(): Record<string, Value> {
  const { year } = civilFromSeconds(Number(clockNow().now() / 1_000_000_000n));
  const january = zoneAt(secondsFromCivil(year, 1, 1, 0, 0, 0));
  const july = zoneAt(secondsFromCivil(year, 7, 1, 0, 0, 0));
  const [winter, summer] = january.offset <= july.offset ? [january, july] : [july, january];
  return {
    // `0 -` and not unary minus: zero must not become −0.
    timezone: 0 - winter.offset,
    altzone: 0 - summer.offset,
    daylight: winter.offset === summer.offset ? 0 : 1,
    tzname: newTuple([winter.name, summer.name]),
  };
}
