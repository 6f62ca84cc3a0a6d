/**
 * Chains of generators that delegate to each other (`yield from`, `await`; PEP 380, PEP 492).
 *
 * In `yield from` within `yield from` each value travels through all generators, up when it is yielded and down when
 * the outermost is resumed: with n of them, 2n frames are entered and left for a value. Nothing happens on the way, so
 * once generators have yielded through each other they stay linked: the outermost, the **root**, knows the innermost,
 * the **leaf**, which is resumed at its place, and whose values go to the root's consumer directly.
 *
 *     consumer ── root ── inner ── … ── leaf        frame.back leads to the left, also while they are suspended,
 *                                                   but for the root's; excInfo.previous likewise
 *
 * - A suspended root is GEN_CHAINED, one that runs GEN_RUNNING; the others are GEN_LINKED, and run if the root does.
 * - Between root and leaf all stand at the YIELD_VALUE behind their SEND. When the one below ends, by a result or an
 *   exception, the next is the leaf, and stands at its SEND, as if it had resumed the other itself.
 * - Whatever else is done to one of them (`throw()`, `close()`, to resume one within) unlinks the chain first.
 */
import type { Value } from "../core.ts";
import type { PyFrame } from "../frame.ts";
import {
  GEN_CHAINED,
  GEN_LINKED,
  GEN_RUNNING,
  GEN_SUSPENDED,
  PyAsyncGenerator,
  PyGenerator,
  outermost,
} from "../generator.ts";
import { rt } from "../runtime.ts";

/** SEND with its inline cache, in code units: YIELD_VALUE with the argument 1 is behind one. */
const SEND_WIDTH = 2;

/**
 * A running generator's frame, which stands at YIELD_VALUE, yields what the generator that it delegates to has yielded:
 * that one becomes a part of its chain. Gives the chain's root; null: there is none.
 */
export function linkDelegate(frame: PyFrame): PyGenerator | null {
  const inner = frame.s[frame.sp - 1];
  const outer = frame.generator as PyGenerator;
  if (!(inner instanceof PyGenerator) || inner instanceof PyAsyncGenerator) return outer.root;
  if (inner.state !== GEN_SUSPENDED && inner.state !== GEN_CHAINED) return outer.root;
  const root = outer.root ?? outer;
  const leaf = inner.leaf ?? inner;
  frame.returnPc = frame.pc + (frame.code.ops[frame.pc - SEND_WIDTH] >>> 8);
  inner.frame.back = frame;
  inner.excInfo.previous = outer.excInfo;
  // As deep as if it had been entered.
  rt.depth += inner.links + 1;
  root.links += inner.links + 1;
  inner.links = 0;
  inner.leaf = null;
  inner.state = GEN_LINKED;
  outer.root = null;
  leaf.root = root;
  root.leaf = leaf;
  return root;
}

/** Is it a suspended chain for which there is room below the recursion limit? Without, it is resumed link by link. */
export function canRunChain(generator: PyGenerator): boolean {
  return generator.state === GEN_CHAINED && rt.depth + generator.links < rt.recursionLimit;
}
/** A suspended chain runs again: `value` is what the leaf's `yield` gives. */
export function resumeLeaf(root: PyGenerator, value: Value): void {
  const { frame, excInfo } = root.leaf as PyGenerator;
  frame.s[frame.sp++] = value;
  frame.pc++;
  root.state = GEN_RUNNING;
  root.excInfo.previous = rt.excInfo;
  rt.excInfo = excInfo;
}
/** The leaf yields. */
export function suspendChain(root: PyGenerator): void {
  rt.excInfo = root.excInfo.previous as typeof rt.excInfo;
  root.excInfo.previous = null;
  root.state = GEN_CHAINED;
  rt.depth -= root.links;
}
/** The leaf has ended: the generator that delegates to it goes on at its SEND. */
export function leaveLeaf(leaf: PyGenerator): void {
  const root = leaf.root as PyGenerator;
  const frame = leaf.frame.back as PyFrame;
  const next = frame.generator as PyGenerator;
  leaf.root = null;
  frame.pc -= SEND_WIDTH;
  root.links--;
  root.leaf = next === root ? null : next;
  if (next !== root) next.root = root;
}

/** Makes suspended generators of a suspended chain, in which `member` is. */
export function unlink(member: PyGenerator): void {
  const root = outermost(member);
  if (root.state !== GEN_CHAINED) return;
  let at = root.leaf as PyGenerator;
  at.root = null;
  while (at !== root) {
    const outer = (at.frame.back as PyFrame).generator as PyGenerator;
    at.frame.back = null;
    at.excInfo.previous = null;
    at.state = GEN_SUSPENDED;
    at = outer;
  }
  root.leaf = null;
  root.links = 0;
  root.state = GEN_SUSPENDED;
}
