/** See split.mjs. */
export interface PartSpec {
  name: string;
  ran?: (position: number) => boolean;
}
export function split(
  source: string,
  parts: readonly PartSpec[],
  mirrored?: ReadonlySet<string>,
  hot?: (name: string) => boolean,
): { name: string; text: string }[];
