/** Which code has a baseline function, and when it is made anew: seldom, because V8 then begins anew as well. */
import type { PyCode } from "../../objects/code.ts";
import type { Pace } from "../pace.ts";
import type { Runtime } from "../../objects/runtime.ts";
import type { JitSettings } from "../settings.ts";
import type { JitStats } from "../stats.ts";
import { type Baseline, canCompileBaseline, compileBaseline } from "./compile.ts";
import type { Variant } from "./emitter.ts";

/** Cold instructions and failed guards that a function runs into before it is made anew; more each time. */
const PATIENCE = 400;
const GROWTH = 4;
/** Times that one function is made anew. */
const MAX_VERSIONS = 5;

interface History {
  versions: number;
  readonly variants: Map<number, Variant[]>;
}

export class Baselines {
  private readonly isOn: boolean;
  private readonly histories = new WeakMap<PyCode, History>();

  constructor(
    private readonly runtime: Runtime,
    private readonly settings: JitSettings,
    private readonly stats: JitStats,
    private readonly pace: Pace,
  ) {
    this.isOn = !settings.without.has("baseline");
  }

  /** `code` has run a while. */
  warm(code: PyCode): void {
    if (!this.isOn || code.baseline !== null || !canCompileBaseline(code)) return;
    const history = { versions: 0, variants: new Map() };
    this.histories.set(code, history);
    this.compile(code, history);
  }
  /** Compiled code has been left for the interpreter in `code`, once more. */
  left(code: PyCode): void {
    if (++code.leaves === this.settings.warmThreshold << this.pace.shift) this.warm(code);
  }
  private again(unit: Baseline): void {
    const { code } = unit;
    const history = this.histories.get(code) as History;
    if (code.baseline !== unit || history.versions >= MAX_VERSIONS) return;
    history.versions++;
    this.compile(code, history);
  }
  private compile(code: PyCode, { variants, versions }: History): void {
    const patience = PATIENCE * GROWTH ** versions;
    const { stats } = this;
    code.baseline = stats.timed("baseline", () =>
      compileBaseline(code, this.runtime, variants, patience, (unit) => this.again(unit), stats),
    );
    this.stats.baselines++;
  }
}
