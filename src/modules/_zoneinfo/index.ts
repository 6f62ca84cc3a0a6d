/** The module `_zoneinfo`: what `zoneinfo` is made of besides its search path. */
import { newModule } from "../../objects/define.ts";
import { zoneInfoType } from "./zone-info.ts";

export const _zoneinfoModule = newModule("_zoneinfo", {
  doc: "C implementation of the zoneinfo module",
  attributes: () => ({ ZoneInfo: zoneInfoType }),
});
