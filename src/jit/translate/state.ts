/** What the translator knows at a point of a trace: the open frames with their values, and facts. */
import type { PyCode } from "../../objects/code.ts";
import type { Shape } from "../../objects/core.ts";
import type { PyDict } from "../../objects/dict.ts";
import type { Kind, Node } from "../ir/node.ts";

/** What the trace knows of the frame of a generator that it has resumed, which is there, unlike other frames. */
export class Resumed {
  constructor(
    readonly generator: Node,
    readonly frame: Node,
    /** The frame's array. */
    readonly array: Node,
    /** What the array holds, as far as it is known to be what the slots' nodes say. */
    public heap: (Node | null)[],
    /** What the generator was resumed at. */
    readonly pc: number,
    readonly sp: number,
    readonly state: number,
    /** Its state and its level of handled exceptions say that it runs; else only the trace knows. */
    public isLinked: boolean,
  ) {}

  clone(): Resumed {
    const { generator, frame, array, heap, pc, sp, state, isLinked } = this;
    return new Resumed(generator, frame, array, [...heap], pc, sp, state, isLinked);
  }
}
/** A suspended generator. */
export interface Suspended {
  readonly state: number;
  readonly pc: number;
  /** Locals and stack. */
  readonly slots: readonly Node[];
}

/**
 * A frame of the trace. All but the root and those of generators are virtual: they exist only in snapshots, until the
 * trace is left.
 */
export class VirtualFrame {
  slots: Node[] = [];
  sp = 0;
  /** The instruction that runs, or has called. */
  pc = 0;
  returnPc = 0;
  onReturn = 0;
  pushNull = false;
  returnData: Node | null = null;
  /** For a generator's frame. */
  resumed: Resumed | null = null;
  builtins: PyDict | null = null;
  /** Something that may look at frames has run while this one was open. */
  isVisible = false;

  constructor(
    readonly code: PyCode,
    readonly func: Node | null,
    readonly globals: PyDict,
  ) {}

  get generator(): Node | null {
    return this.resumed?.generator ?? null;
  }
  clone(): VirtualFrame {
    const copy = new VirtualFrame(this.code, this.func, this.globals);
    copy.slots = this.slots.slice(0, this.sp);
    copy.sp = this.sp;
    copy.pc = this.pc;
    copy.returnPc = this.returnPc;
    copy.onReturn = this.onReturn;
    copy.pushNull = this.pushNull;
    copy.returnData = this.returnData;
    copy.resumed = this.resumed?.clone() ?? null;
    copy.builtins = this.builtins;
    copy.isVisible = this.isVisible;
    return copy;
  }
  push(node: Node): void {
    this.slots[this.sp++] = node;
  }
  pop(): Node {
    return this.slots[--this.sp];
  }
  /** The entry `depth` below the top; 1 is the top. */
  peek(depth: number): Node {
    return this.slots[this.sp - depth];
  }
}

/** What is known of a value's kind. */
export function kindIn(state: State, node: Node): Kind {
  if (node.kind === "any") return state.kinds.get(node) ?? "any";
  node.isAsked = true;
  return node.kind;
}

/** Ways that meet have noted different places. */
export const NOWHERE = "nowhere";

export class State {
  frames: VirtualFrame[] = [];
  /** Kinds that guards have proved; they hold for ever. */
  kinds = new Map<Node, Kind>();
  /** Bools that branches have decided. */
  truth = new Map<Node, boolean>();
  /** Raw double of a boxed float, and the box of a raw double, where both are at hand. */
  unboxed = new Map<Node, Node>();
  boxed = new Map<Node, Node>();
  /** Shapes that guards have proved; they hold until something unknown runs. */
  shapes = new Map<Node, Shape>();
  /** Values known to be in memory, by place; they hold until something unknown runs or the place may be stored to. */
  memory = new Map<string, Node>();
  /** Lists, and iterators of lists: whether they keep raw doubles; until something unknown runs, or changes a list. */
  storages = new Map<Node, boolean>();
  /** Other guards that need not be repeated until something unknown runs. */
  checked = new Set<string>();

  /**
   * Generators known to be suspended, by node; no two of them can be the same object. It holds until something unknown
   * runs, or an unknown generator is resumed.
   */
  suspended = new Map<Node, Suspended>();
  /** The handlers around the place that compiled code has noted last (`zones.ts`). */
  zone = "";

  get top(): VirtualFrame {
    return this.frames[this.frames.length - 1];
  }
  clone(): State {
    const copy = new State();
    copy.frames = this.frames.map((frame) => frame.clone());
    copy.kinds = new Map(this.kinds);
    copy.truth = new Map(this.truth);
    copy.unboxed = new Map(this.unboxed);
    copy.boxed = new Map(this.boxed);
    copy.shapes = new Map(this.shapes);
    copy.memory = new Map(this.memory);
    copy.storages = new Map(this.storages);
    copy.checked = new Set(this.checked);
    copy.suspended = new Map(this.suspended);
    copy.zone = this.zone;
    return copy;
  }
  /** Something unknown has run: what can change is unknown. */
  forgetHeap(): void {
    this.shapes.clear();
    this.memory.clear();
    this.storages.clear();
    this.checked.clear();
    this.suspended.clear();
  }
}
