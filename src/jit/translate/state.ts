/** What the translator knows at a point of a trace: the open frames with their values, and facts. */
import type { PyCode } from "../../objects/code.ts";
import type { Shape } from "../../objects/core.ts";
import type { PyDict } from "../../objects/dict.ts";
import type { Kind, Node } from "../ir/node.ts";

/** A frame of the trace. All but the root are virtual: they exist only in snapshots, until the trace is left. */
export class VirtualFrame {
  slots: Node[] = [];
  sp = 0;
  /** The instruction that runs, or has called. */
  pc = 0;
  returnPc = 0;
  onReturn = 0;
  pushNull = false;
  returnData: Node | null = null;
  generator: Node | null = null;
  /** Something that may look at frames has run while this one was open. */
  isVisible = false;

  constructor(
    readonly code: PyCode,
    readonly func: Node | null,
    readonly globals: PyDict,
  ) {}

  clone(): VirtualFrame {
    const copy = new VirtualFrame(this.code, this.func, this.globals);
    copy.slots = this.slots.slice(0, this.sp);
    copy.sp = this.sp;
    copy.pc = this.pc;
    copy.returnPc = this.returnPc;
    copy.onReturn = this.onReturn;
    copy.pushNull = this.pushNull;
    copy.returnData = this.returnData;
    copy.generator = this.generator;
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
    return copy;
  }
  /** Something unknown has run: what can change is unknown. */
  forgetHeap(): void {
    this.shapes.clear();
    this.memory.clear();
    this.storages.clear();
    this.checked.clear();
  }
}
