/** Folds Python's 64-bit hashes to the int32 that our own tables use. */
import type { Int } from "./int-math.ts";

export function foldHash(h: Int): number {
  if (typeof h === "number") return (h | 0) === h ? h : (h ^ (h / 0x100000000)) | 0;
  return Number(BigInt.asIntN(32, h ^ (h >> 32n)));
}
