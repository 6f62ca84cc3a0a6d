/**
 * A region: a tree of traces with one root, emitted as one JavaScript function. What it is made of are the logs; the
 * function is made anew as side logs are added.
 */
import { GENERATOR_FLAGS } from "../compiler/code.ts";
import type { PyCode } from "../objects/code.ts";
import type { PyFrame } from "../objects/frame.ts";
import { lineAt } from "../objects/code-object/positions.ts";
import { nameInText } from "./emit/function.ts";
import type { Exit } from "./ir/exit.ts";
import { Failures } from "./failures.ts";
import type { Kind } from "./ir/node.ts";
import { LONG, type Log, type Root } from "./record/log.ts";

/** What is known of an exit over all emissions of its region. */
export interface ExitRecord {
  count: number;
  /** Times before the next attempt at a side trace. */
  threshold: number;
  /** All times, for the statistics. */
  total: number;
  reason: string;
  where: string;
  /** The instruction that is left. */
  code: PyCode;
  pc: number;
  readonly failures: Failures;
  /** Why it has no side trace yet, as far as that was tried. */
  trouble: string;
  side: Log | null;
  /** The region that goes on where this exit leads, when its own is full. */
  continuation: Region | null;
  /** The way there, as a log without steps. */
  way: Log | null;
}

const hasSide = (record: ExitRecord): record is ExitRecord & { side: Log } => record.side !== null;

/** Runs from the frame's position; gives what `leave` gives, or -1 when the frame's values are not as assumed. */
export type RegionFunction = (frame: PyFrame) => number;

/** Function and line, for people. */
export function placeName(code: PyCode, pc: number): string {
  return `${code.qualname}:${lineAt(code.spec.linetable, code.firstlineno, pc) ?? "?"}`;
}

export class Region {
  run: RegionFunction | null = null;
  source = "";
  /** Characters of it, without what counts. */
  size = 0;
  /** Operations of each of its traces. */
  lengths: readonly number[] = [];
  /** Most frames that it has open above the root. */
  depth = 0;
  /** Times that the frame's values were not of the assumed kinds. */
  misses = 0;
  emissions = 0;
  /** Attempts before it whose result was too large: what its trace is cut from will need no fewer. */
  tooLarge = 0;
  /** One more trace would have made it larger than its budget. */
  isFull = false;
  /** Exits whose side trace is not emitted yet, and how often those were taken meanwhile. */
  readonly waiting: ExitRecord[] = [];
  waitingExits = 0;
  /** The regions whose bodies its function has too, with the emission of each that they were like. */
  readonly annexes = new Map<Region, number>();
  /** How often its function has been left for others. */
  readonly links = new Map<Region, number>();
  private readonly records = new Map<string, ExitRecord>();

  constructor(
    readonly id: number,
    readonly root: Root,
    readonly log: Log,
    /** The root's slots up to the stack's top: what they are assumed to hold. */
    readonly kinds: Kind[],
    /**
     * Index in `code.executors`, position and original of the instruction that ENTER_EXECUTOR stands for; index -1: it
     * goes on where others are left (`continuations.ts`).
     */
    readonly index: number,
    readonly pc: number,
    readonly original: number,
    /** Characters that it may have for now. */
    public budget: number,
  ) {}

  /** Is the root's frame that of a generator or coroutine? */
  get isGenerator(): boolean {
    return (this.root.code.flags & GENERATOR_FLAGS) !== 0;
  }

  record(exit: Exit, threshold: number): ExitRecord {
    let record = this.records.get(exit.key);
    if (record === undefined) {
      const { reason } = exit;
      const { code, pc } = exit.snapshot[exit.snapshot.length - 1];
      record = {
        count: 0,
        threshold,
        total: 0,
        reason,
        where: `${placeName(code, pc)}@${pc}`,
        code,
        pc,
        failures: new Failures(reason === LONG ? this.tooLarge : 0),
        trouble: "",
        side: null,
        continuation: null,
        way: null,
      };
      this.records.set(exit.key, record);
    }
    return record;
  }
  sideLog(key: string): Log | undefined {
    return this.records.get(key)?.side ?? undefined;
  }
  /** Characters of its function, with the bodies of other regions. */
  get mergedSize(): number {
    let { size } = this;
    for (const annex of this.annexes.keys()) size += annex.size;
    return size;
  }
  /** The log without steps that leads from the exit to a region that goes on there. */
  wayOn(key: string): Log | undefined {
    const record = this.records.get(key);
    return record?.continuation?.run == null ? undefined : (record.way ?? undefined);
  }
  /** Shows in V8's profiles and stack traces too: the Python function, its line, and the region's number. */
  get name(): string {
    return `${nameInText("py", this.root.code)}_${this.id}`;
  }
  /** Side traces that begin at the exit's place for its reason. */
  targets(record: ExitRecord): number {
    return this.sidesAt(record).length;
  }
  /** The records of those side traces. */
  sidesAt({ where, reason }: ExitRecord): (ExitRecord & { side: Log })[] {
    const all: (ExitRecord & { side: Log })[] = [];
    for (const other of this.records.values()) {
      if (hasSide(other) && other.where === where && other.reason === reason) all.push(other);
    }
    return all;
  }
  get traces(): number {
    let n = 1;
    for (const record of this.records.values()) if (record.side !== null) n++;
    return n;
  }
  get exitRecords(): ReadonlyMap<string, ExitRecord> {
    return this.records;
  }
}
