/**
 * Ways that meet: a trace and side traces that have left it come to the same instruction in the same frames, and go on
 * as one. A slot that they left with different values gets a PHI node; what is known is what all of them know.
 */
import type { Shape } from "../../objects/core.ts";
import type { Exit } from "../ir/exit.ts";
import type { Kind, Node } from "../ir/node.ts";
import type { Path } from "../ir/path.ts";
import type { Trace } from "../ir/trace.ts";
import { NOWHERE, type State, type Suspended, type VirtualFrame, kindIn } from "./state.ts";
import type { Translator } from "./translator.ts";

/** A side trace that has come to where it meets the trace around it. */
export interface Arm {
  readonly trace: Trace;
  readonly state: State;
  readonly path: Path | null;
  /** Leaves there, for the case that they cannot meet. */
  readonly exit: Exit;
}
/** Data of a JOIN node. */
export interface Join {
  /** Arguments: the value of the trace itself, then those of its arms. */
  readonly phis: readonly Node[];
  /** Of the trace itself. */
  readonly path: Path | null;
}

/** The running trace goes on with what is true of `arms` too; gives those that must go on for themselves. */
export function join(t: Translator, arms: readonly Arm[], path: Path | null): Arm[] {
  const { state } = t;
  const met: Arm[] = [];
  const parted: Arm[] = [];
  for (const arm of arms) (meets([state, ...met.map((other) => other.state)], arm.state) ? met : parted).push(arm);
  if (met.length === 0) return parted;
  const shapes = new Map<Node, Shape>();
  const phis = joinFrames(t, met, shapes);
  const data: Join = { phis, path };
  const node = t.emit("JOIN", [], "none", data);
  met.forEach(({ trace, path: ran }, arm) => {
    trace.end = { kind: "join", join: node, arm, path: ran };
  });
  for (const { state: other } of met) forgetUnlike(state, other);
  for (const [phi, shape] of shapes) state.shapes.set(phi, shape);
  return parted;
}

// ── frames ───────────────────────────────────────────────────────────────────────────────────────────────────
/** Are the frames alike, and the values of kinds that one variable can have? */
function meets(states: readonly State[], arm: State): boolean {
  const [main] = states;
  if (main.frames.length !== arm.frames.length) return false;
  return main.frames.every((frame, depth) => {
    const other = arm.frames[depth];
    if (!framesAlike(frame, other) || (depth < arm.frames.length - 1 && frame.returnPc !== other.returnPc))
      return false;
    for (let i = 0; i < frame.sp; i++) {
      if (frame.slots[i] === other.slots[i]) continue;
      const kinds = states.map((state) => kindIn(state, state.frames[depth].slots[i]));
      if (commonKind([...kinds, kindIn(arm, other.slots[i])]) === null) return false;
    }
    return true;
  });
}
function framesAlike(a: VirtualFrame, b: VirtualFrame): boolean {
  return (
    a.code === b.code &&
    a.func === b.func &&
    a.sp === b.sp &&
    a.onReturn === b.onReturn &&
    a.pushNull === b.pushNull &&
    a.returnData === b.returnData &&
    resumedAlike(a, b)
  );
}
function resumedAlike({ resumed: a }: VirtualFrame, { resumed: b }: VirtualFrame): boolean {
  if (a === null || b === null) return a === b;
  return (
    a.generator === b.generator &&
    a.frame === b.frame &&
    a.isLinked === b.isLinked &&
    a.pc === b.pc &&
    a.sp === b.sp &&
    a.state === b.state
  );
}
const isFloat = (kind: Kind): boolean => kind === "float" || kind === "boxed";
/** null: an int here and a raw double there would make slow code of both. */
function commonKind(kinds: readonly Kind[]): Kind | null {
  const [first] = kinds;
  if (kinds.every((kind) => kind === first)) return first;
  if (kinds.every(isFloat)) return "float";
  return kinds.includes("float") && kinds.includes("int") ? null : "any";
}

/** Slots that differ hold PHI nodes from now on, which are given; `shapes`: what all ways know of them. */
function joinFrames(t: Translator, arms: readonly Arm[], shapes: Map<Node, Shape>): Node[] {
  const phis = new Map<string, Node>();
  t.state.frames.forEach((frame, depth) => {
    const others = arms.map(({ state }) => state.frames[depth]);
    for (let i = 0; i < frame.sp; i++) {
      const nodes = [frame.slots[i], ...others.map(({ slots }) => slots[i])];
      if (nodes.every((node) => node === nodes[0])) continue;
      const key = nodes.map(({ id }) => id).join(" ");
      let phi = phis.get(key);
      if (phi === undefined) {
        phi = makePhi(t, nodes, arms, shapes);
        phis.set(key, phi);
      }
      frame.slots[i] = phi;
    }
    frame.isVisible ||= others.some(({ isVisible }) => isVisible);
    const { resumed } = frame;
    if (resumed === null) return;
    resumed.heap = resumed.heap.map((node, i) => {
      return others.every((other) => other.resumed?.heap[i] === node) ? node : null;
    });
  });
  return [...phis.values()];
}
function makePhi(t: Translator, nodes: readonly Node[], arms: readonly Arm[], shapes: Map<Node, Shape>): Node {
  const states = [t.state, ...arms.map(({ state }) => state)];
  const kind = commonKind(nodes.map((node, i) => kindIn(states[i], node))) as Kind;
  const convert = (node: Node): Node => (kind === "float" ? (t.rawFloat(node) as Node) : t.boxed(node));
  const values = nodes.map((node, i) => (i === 0 ? convert(node) : t.within(arms[i - 1], () => convert(node))));
  const phi = t.node("PHI", values, kind);
  if (kind === "int") {
    phi.low = Math.min(...values.map(({ low }) => low));
    phi.high = Math.max(...values.map(({ high }) => high));
  }
  const shape = states[0].shapes.get(nodes[0]);
  if (shape !== undefined && states.every((state, i) => state.shapes.get(nodes[i]) === shape)) {
    shapes.set(phi, shape);
  }
  return phi;
}

// ── facts ────────────────────────────────────────────────────────────────────────────────────────────────────
/** Forgets what is not known in the other state too. */
function forgetUnlike(state: State, other: State): void {
  keepCommon(state.kinds, other.kinds);
  keepCommon(state.truth, other.truth);
  keepCommon(state.unboxed, other.unboxed);
  keepCommon(state.boxed, other.boxed);
  keepCommon(state.shapes, other.shapes);
  keepCommon(state.memory, other.memory);
  keepCommon(state.storages, other.storages);
  keepCommon(state.suspended, other.suspended, isSuspendedAlike);
  if (state.zone !== other.zone) state.zone = NOWHERE;
  for (const name of state.checked) if (!other.checked.has(name)) state.checked.delete(name);
}
function keepCommon<K, V>(mine: Map<K, V>, other: Map<K, V>, alike: (a: V, b: V) => boolean = Object.is): void {
  for (const [key, value] of mine) {
    const known = other.get(key);
    if (known === undefined || !alike(value, known)) mine.delete(key);
  }
}
function isSuspendedAlike(a: Suspended, b: Suspended): boolean {
  if (a.state !== b.state || a.pc !== b.pc || a.slots.length !== b.slots.length) return false;
  return a.slots.every((slot, i) => slot === b.slots[i]);
}
