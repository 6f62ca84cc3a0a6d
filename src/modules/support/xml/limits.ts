/**
 * Protection against documents that grow: what entities expand to, and what is stored, must stay in proportion to what
 * was read. A document's parser shares them with those of its external entities.
 */
import { ERROR, fail } from "./codes.ts";
import { UTF8 } from "./decoders.ts";
import type { XmlParser } from "./parser.ts";

/** What a document is taken to have at least, in bytes, when only entities have been counted: `<!ENTITY a SYSTEM 'b'>`. */
const SHORTEST_INCLUDE = 22;

export class Limits {
  /** Expansion is watched once this many bytes have gone through the parser. */
  expansionThreshold = 8 * 2 ** 20;
  maximumExpansion = 100;
  /** The same for memory. */
  memoryThreshold = 64 * 2 ** 20;
  maximumMemory = 100;
  private expanded = 0;
  private stored = 0;

  /** Text of an entity is about to be parsed. */
  expand(text: string, parser: XmlParser): void {
    this.expanded += UTF8.byteLength(text, 0, text.length);
    const direct = parser.root.bytesRead;
    const all = direct + this.expanded;
    if (all < this.expansionThreshold) return;
    const factor = direct > 0 ? all / direct : (SHORTEST_INCLUDE + this.expanded) / SHORTEST_INCLUDE;
    if (factor > this.maximumExpansion) fail(ERROR.AMPLIFICATION_LIMIT_BREACH);
  }

  /** `bytes` more are kept (fewer, when negative). */
  store(bytes: number, parser: XmlParser): void {
    this.stored += bytes;
    if (bytes < 0 || this.stored < this.memoryThreshold) return;
    if (this.stored / Math.max(parser.root.bytesRead, 1) > this.maximumMemory) fail(ERROR.NO_MEMORY);
  }
}
