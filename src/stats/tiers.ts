/** Instructions by the tier that ran them. */
import type { Shape } from "../events/shape.ts";

export interface Tiers {
  readonly interpreter: number;
  readonly baseline: number;
  readonly regions: number;
}
export const TIERS_SHAPE: Shape = { fields: { interpreter: "number", baseline: "number", regions: "number" } };

export const allOf = ({ interpreter, baseline, regions }: Tiers): number => interpreter + baseline + regions;
/** The part that compiled code ran, 0 to 1; NaN where nothing ran. */
export const compiledPart = (tiers: Tiers): number => (tiers.baseline + tiers.regions) / allOf(tiers);
