/** Leaving compiled code: the Python frames are made of a snapshot and the values at hand. */
import { newFrame } from "../../interp/push-frame.ts";
import type { CompiledSite, PyFrame, Spill } from "../../objects/frame.ts";
import { newComplex } from "../../objects/complex.ts";
import { newFloat } from "../../objects/float.ts";
import type { PyFunction } from "../../objects/function.ts";
import { newMethod } from "../../objects/method.ts";
import { newSlice } from "../../objects/slice.ts";
import { GEN_RUNNING, type PyGenerator } from "../../objects/generator.ts";
import { linkGenerator } from "../emit/generators.ts";
import { newTuple } from "../../objects/tuple.ts";
import { rt } from "../../objects/runtime.ts";
import type { Value } from "../../objects/core.ts";
import type { Exit } from "../ir/exit.ts";
import type { Work } from "../operations.ts";
import type { ExitRecord, Region } from "../region.ts";
import type { FrameSource, Source } from "./source.ts";

const MAKERS: Readonly<Record<string, (...args: never[]) => Value>> = {
  BOX: newFloat,
  NEW_COMPLEX: newComplex,
  NEW_TUPLE: (...items: Value[]) => newTuple(items),
  NEW_SLICE: newSlice,
  NEW_METHOD: newMethod,
};

/** A place of compiled code as leaving and showing frames need it. */
export class Site implements CompiledSite {
  /** What the region knows of the exit, once it was taken. */
  record: ExitRecord | null = null;

  constructor(
    /** The region that the place belongs to, in whatever function it stands. */
    readonly region: Region,
    readonly exit: Exit,
    private readonly frames: readonly FrameSource[],
    /** What has been done on the way here, where somebody counts. */
    readonly work: Work | null,
    readonly isCall = false,
  ) {}

  /** Makes the frames, the root's first; `values` are in the order of the emitted exit, from `first` on. */
  restore(root: PyFrame, values: readonly unknown[], first: number, keepLocals: boolean): PyFrame[] {
    const reader = new Reader(values, first);
    const shown = root.shown ?? [];
    const made: PyFrame[] = [];
    this.frames.forEach((source, depth) => {
      const frame = depth === 0 ? root : (shown[depth] ?? frameOf(source, reader, made[depth - 1]));
      writeFrame(frame, source, reader, keepLocals && depth < shown.length);
      made.push(frame);
    });
    return made;
  }
  show(root: PyFrame, values: Spill): PyFrame[] {
    const frames = this.restore(root, values, 1, root.isForced);
    for (const frame of frames) {
      frame.escaped = true;
      frame.shownBy = root;
    }
    root.shown = frames;
    return frames;
  }
  /** The frames above the root, as they were when an exception left them. */
  rebuild(root: PyFrame, values: Spill): PyFrame[] {
    const reader = new Reader(values, 1);
    const made: PyFrame[] = [root];
    for (let depth = 1; depth < this.frames.length; depth++) {
      const source = this.frames[depth];
      const frame = virtualFrame(source, reader, made[depth - 1]);
      writeFrame(frame, source, reader, false);
      frame.escaped = true;
      frame.finished = true;
      made.push(frame);
    }
    return made;
  }
  pcAt(depth: number): number {
    return this.frames[depth].pc;
  }
  /** Leaves for good: the innermost frame runs next. */
  leave(root: PyFrame, values: readonly unknown[]): PyFrame[] {
    const frames = this.finish(root, values, 0);
    rt.depth += frames.length - 1;
    rt.frame = frames[frames.length - 1];
    return frames;
  }
  settle(root: PyFrame, values: Spill): PyFrame[] {
    return this.finish(root, values, 1);
  }
  private finish(root: PyFrame, values: readonly unknown[], first: number): PyFrame[] {
    const { shown } = root;
    if (shown === null && this.frames.length === 1) return this.finishAlone(root, values, first);
    const frames = this.restore(root, values, first, root.isForced);
    root.spill = null;
    root.shown = null;
    root.isForced = false;
    if (shown !== null) for (const frame of shown) frame.shownBy = null;
    return frames;
  }
  /** As most exits are: of the root's frame alone, of which nobody has seen anything. A quarter of what leaving costs. */
  private finishAlone(root: PyFrame, values: readonly unknown[], first: number): PyFrame[] {
    writeFrame(root, this.frames[0], new Reader(values, first), false);
    root.spill = null;
    root.isForced = false;
    return [root];
  }
}

function frameOf(source: FrameSource, reader: Reader, back: PyFrame): PyFrame {
  if (source.generator === null) return virtualFrame(source, reader, back);
  const generator = reader.read(source.generator) as PyGenerator;
  if (generator.state !== GEN_RUNNING) linkGenerator(generator);
  generator.frame.back = back;
  return generator.frame;
}
function virtualFrame(source: FrameSource, reader: Reader, back: PyFrame): PyFrame {
  const frame = newFrame(source.code);
  const func = reader.read(source.func as Source) as PyFunction;
  frame.func = func;
  frame.globals = func.globals;
  frame.builtins = func.builtins;
  frame.back = back;
  frame.onReturn = source.onReturn;
  frame.pushNull = source.pushNull;
  frame.returnData = source.returnData === null ? undefined : (reader.read(source.returnData) as Value);
  return frame;
}
function writeFrame(frame: PyFrame, source: FrameSource, reader: Reader, keepLocals: boolean): void {
  const { s } = frame;
  const { slots } = source;
  const first = keepLocals ? source.code.nlocalsplus : 0;
  for (let i = first; i < slots.length; i++) {
    if (slots[i].kind !== "kept") s[i] = reader.read(slots[i]) as Value | undefined;
  }
  for (let i = slots.length; i < frame.sp; i++) s[i] = undefined;
  frame.sp = slots.length;
  frame.pc = source.pc;
  frame.returnPc = source.returnPc;
}

class Reader {
  /** Most exits make nothing. */
  private fresh: Map<number, unknown> | null = null;

  constructor(
    private readonly values: readonly unknown[],
    private readonly first: number,
  ) {}

  read(source: Source): unknown {
    switch (source.kind) {
      case "constant":
        return source.value;
      case "value": {
        const value = this.values[this.first + source.index];
        return source.isFloat ? this.box(source.index, value as number) : value;
      }
      case "fresh": {
        let made = this.fresh?.get(source.id);
        if (made === undefined) {
          made = MAKERS[source.op](...(source.args.map((arg) => this.read(arg)) as never[]));
          this.keep(source.id, made);
        }
        return made;
      }
      default:
        throw new Error("a kept slot has no source");
    }
  }
  /** Two slots with the same double held the same float. */
  private box(index: number, value: number): unknown {
    const key = -1 - index;
    let made = this.fresh?.get(key);
    if (made === undefined) {
      made = newFloat(value);
      this.keep(key, made);
    }
    return made;
  }
  private keep(key: number, made: unknown): void {
    this.fresh ??= new Map();
    this.fresh.set(key, made);
  }
}

/** Generators' frames have yielded in compiled code: what was shown of them stays theirs. */
export function frameYields(root: PyFrame, depth: number): void {
  const { shown } = root;
  if (shown === null || shown.length <= depth) return;
  for (const frame of shown.splice(depth)) frame.back = null;
}

/** The root's frame is about to return in compiled code: it gets its values. */
export function keepFrame(root: PyFrame, spill: Spill): void {
  (spill[0] as Site).restore(root, spill, 1, false);
}
/** A virtual frame returns in compiled code: Python may hold what was shown of it, and look at its locals later. */
export function frameReturns(root: PyFrame, depth: number, spill: Spill): void {
  const { shown } = root;
  if (shown === null || shown.length <= depth) return;
  keepFrame(root, spill);
  dropFrames(root, depth);
}
/** The virtual frames from `depth` on are gone. */
export function dropFrames(root: PyFrame, depth: number): void {
  const { shown } = root;
  if (shown === null || shown.length <= depth) return;
  for (const frame of shown.splice(depth)) {
    frame.finished = true;
    frame.shownBy = null;
  }
}
