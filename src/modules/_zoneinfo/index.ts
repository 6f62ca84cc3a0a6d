/** The module `_zoneinfo`: what `zoneinfo` is made of besides its search path. */
import { EXC, type Status } from "../../objects/core.ts";
import { newModule } from "../../objects/define.ts";
import { attributeError } from "../../objects/errors.ts";
import { importAttribute, importModule } from "../../objects/import-hook.ts";
import { tzinfoType } from "../_datetime/zones.ts";
import { zoneInfoType } from "./zone-info.ts";

/** The datetime that is written in Python knows no native zones: by this error `zoneinfo` takes its half in Python. */
function checkDatetime(): Status {
  const tzinfo = importAttribute("datetime", "tzinfo");
  if (tzinfo === EXC || tzinfo === tzinfoType) return tzinfo === EXC ? EXC : null;
  const datetime = importModule("datetime");
  if (datetime === EXC) return EXC;
  return attributeError("module 'datetime' has no attribute 'datetime_CAPI'", datetime, "datetime_CAPI");
}

export const _zoneinfoModule = newModule("_zoneinfo", {
  doc: "C implementation of the zoneinfo module",
  attributes: () => ({ ZoneInfo: zoneInfoType }),
  exec: checkDatetime,
});
