/** The module `_datetime`: the types of `datetime`. */
import { newModule } from "../../objects/define.ts";
import { MAX_YEAR, MIN_YEAR } from "./calendar.ts";
import { dateType } from "./date.ts";
import { datetimeType } from "./datetime.ts";
import { timeType } from "./time.ts";
import { timedeltaType } from "./timedelta.ts";
import { timezoneType, tzinfoType, utc } from "./zones.ts";

export const _datetimeModule = newModule("_datetime", {
  doc: "Fast implementation of the datetime module.",
  attributes: () => ({
    date: dateType,
    datetime: datetimeType,
    time: timeType,
    timedelta: timedeltaType,
    timezone: timezoneType,
    tzinfo: tzinfoType,
    UTC: utc,
    MINYEAR: MIN_YEAR,
    MAXYEAR: MAX_YEAR,
  }),
});
