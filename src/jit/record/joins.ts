/**
 * Where a side trace comes together again with a trace around it: at a step that is still to come there, in the same
 * frames. So code behind a branch is compiled once, not once for each way that leads to it.
 */
import { PyBuiltin } from "../../objects/builtin.ts";
import { PyType, type Value } from "../../objects/core.ts";
import { MethodDescriptor } from "../../objects/descriptors.ts";
import type { PyFrame } from "../../objects/frame.ts";
import { PyFunction } from "../../objects/function.ts";
import { PyMethod } from "../../objects/method.ts";
import { isBackward, jumpTarget } from "../translate/instructions.ts";
import type { Activation, Place, Step } from "./log.ts";

interface Candidate {
  readonly place: Place;
  /** Backward jumps of the traces around, from where the ways part: up to the candidate; up to the recording. */
  readonly there: readonly Step[];
  readonly here: readonly Step[];
}

export class Joins {
  private readonly candidates = new Map<Activation, Map<number, Candidate[]>>();

  /** For a recording that begins at `origin`. */
  constructor(origin: Place | null) {
    let here: Step[] = [];
    for (let at = origin; at !== null; at = at.log.origin) {
      const { log, index } = at;
      const { steps } = log;
      let there: Step[] = [];
      for (let i = index; i < steps.length; i++) {
        if (i > index) this.add({ place: { log, index: i }, there, here });
        if (isBackward(steps[i].op)) there = [...there, steps[i]];
      }
      here = [...steps.slice(0, index).filter(({ op }) => isBackward(op)), ...here];
    }
  }
  private add(candidate: Candidate): void {
    const { log, index } = candidate.place;
    const { activation, pc } = log.steps[index];
    let places = this.candidates.get(activation);
    if (places === undefined) {
      places = new Map();
      this.candidates.set(activation, places);
    }
    const known = places.get(pc);
    if (known === undefined) places.set(pc, [candidate]);
    else known.push(candidate);
  }
  /** The place where the recording, which stands in `frame` after `steps`, goes on as a trace around it; or null. */
  find(frame: PyFrame, activation: Activation, steps: readonly Step[]): Place | null {
    const candidates = this.candidates.get(activation)?.get(frame.pc);
    if (candidates === undefined || preparesCall(frame)) return null;
    const turns = countTurns(steps, activation, frame.pc);
    const found = candidates.find(
      ({ there, here }) => countTurns(there, activation, frame.pc) === turns + countTurns(here, activation, frame.pc),
    );
    return found?.place ?? null;
  }
}

/** How often those steps went round the loops that contain `pc`: an unrolled loop is joined at the same turn. */
function countTurns(steps: readonly Step[], activation: Activation, pc: number): number {
  let n = 0;
  for (const step of steps) {
    if (step.activation !== activation || step.pc < pc || !isBackward(step.op)) continue;
    if (jumpTarget(step.op, step.oparg, step.pc) <= pc) n++;
  }
  return n;
}
/** What is to be called is better known before the ways come together. */
function preparesCall({ s, sp, code }: PyFrame): boolean {
  for (let i = code.nlocalsplus; i < sp; i++) if (isCallee(s[i])) return true;
  return false;
}
function isCallee(value: Value | undefined): boolean {
  return (
    value instanceof PyFunction ||
    value instanceof PyMethod ||
    value instanceof PyBuiltin ||
    value instanceof MethodDescriptor ||
    value instanceof PyType
  );
}
