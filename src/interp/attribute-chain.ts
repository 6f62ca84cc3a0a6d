/**
 * Attributes at sites that see several shapes. A specialised LOAD_ATTR knows one; what it knew before is kept in a
 * chain behind its cache, and the general instruction, which runs for all other shapes, looks there first.
 */
import { OPCODE } from "../generated/metadata.ts";
import type { InlineCache } from "../objects/code.ts";
import type { Value } from "../objects/core.ts";
import { PyInstance } from "../objects/instance.ts";

/** Values of `InlineCache.kind`: `index` is the instance's field. */
export const OWN_FIELD = 1;
/** `value` is a function of the class, to be called with the instance first. */
export const METHOD = 2;
// 3: `value` is of the class and no descriptor.
/** Instructions by kind. */
const OPCODES = [
  OPCODE.LOAD_ATTR_INSTANCE_VALUE,
  OPCODE.LOAD_ATTR_METHOD_WITH_VALUES,
  OPCODE.LOAD_ATTR_NONDESCRIPTOR_WITH_VALUES,
] as const;
const LONGEST = 4;

function kindOf(opcode: number): number {
  return (OPCODES as readonly number[]).indexOf(opcode) + 1;
}

/** What a site knows, the newest first: instructions with their caches. */
export function knownShapes(first: InlineCache | undefined): { op: number; cache: InlineCache }[] {
  const known: { op: number; cache: InlineCache }[] = [];
  for (let at = first ?? null; at !== null; at = at.next) {
    if (at.kind !== 0) known.push({ op: OPCODES[at.kind - 1], cache: at });
  }
  return known;
}
/** `made`, the cache of the new specialisation by `opcode`, keeps what `before` knew of other shapes. */
export function chainCache(before: InlineCache | undefined, made: InlineCache | undefined, opcode: number): void {
  if (made === undefined || made === before) return;
  made.kind = kindOf(opcode);
  let last = made;
  let length = 1;
  for (let at = before ?? null; at !== null && length < LONGEST; at = at.next) {
    if (at.kind === 0 || at.guard === made.guard) continue;
    last.next = at;
    last = at;
    length++;
  }
  last.next = null;
}

/** What the site knows of the shape of `owner`, or null. */
export function knownAttribute(first: InlineCache | undefined, owner: Value): InlineCache | null {
  if (first === undefined || !(owner instanceof PyInstance)) return null;
  const { shape } = owner;
  for (let at: InlineCache | null = first; at !== null; at = at.next) {
    if (at.guard === shape && at.kind !== 0) return at.version === shape.cls.version ? at : null;
  }
  return null;
}
