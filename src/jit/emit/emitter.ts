/**
 * Emits a translated region as one JavaScript function. Rules of emission and their reasons: V8's behaviour as measured
 * for the design; constants are `const`s of the factory, temporaries are block-scoped, exits store their values and
 * break to one tail, side traces are the else-branches of their guards.
 */
import { type Exit, type Snapshot, pathBehind } from "../ir/exit.ts";
import type { Node } from "../ir/node.ts";
import { GUARDS, OPS } from "../ir/ops.ts";
import { type Path, lengthOf } from "../ir/path.ts";
import type { Trace } from "../ir/trace.ts";
import type { FrameSource, Source } from "../deopt/source.ts";
import { Site } from "../deopt/leave.ts";
import type { Suspension } from "../translate/generators.ts";
import type { Instruction } from "../translate/fallback.ts";
import type { Join } from "../translate/join.ts";
import { floatType } from "../../objects/types.ts";
import { Liveness, type Member, isRaw } from "./liveness.ts";
import { Blocks, partsOf } from "./blocks.ts";
import { ExitRegisters } from "./exit-registers.ts";
import { RUNTIME } from "./runtime.ts";
import { ENDED, RETURNED, entryOf, stackOf } from "./python-call.ts";
import type { PyCode } from "../../objects/code.ts";
import type { Work } from "../operations.ts";
import type { Behind } from "../path-ends.ts";
import type { JitStats } from "../stats.ts";
import type { JitSettings } from "../settings.ts";

/** Exits give back as many variables as one of these, or all: most need few. */
const TAILS = [4, 12, 32, 96, Infinity];

/** Turns of the loop before its driver enters it anew: so it does not stay in V8's on-stack replacement code. */
const TURNS = 20_000;

export interface Emitted {
  /** Body of a factory whose parameters are `$` (runtime) and `K` (constants) and `leave`. */
  body: string;
  /** Its characters, without those that count: who looks on changes nothing. */
  size: number;
  constants: unknown[];
  sites: Site[];
  /** Operations of each trace that there is code for. */
  lengths: number[];
  /** The node of each line of the body, where somebody asks. */
  owners: (Node | null)[];
}

export class Emitter {
  private readonly lines: string[] = [];
  private readonly owners: (Node | null)[] = [];
  private readonly lengths: number[] = [];
  /** Characters that are there for counting alone. */
  private countingSize = 0;
  /** What is done on the way to the place that is being emitted, and to joins of traces around, where somebody counts. */
  private work: Work | null = null;
  private readonly meetings = new Map<Node, Behind>();
  /** The node that is being emitted. */
  private owner: Node | null = null;
  private readonly constants: unknown[] = [];
  private readonly names = new Map<unknown, string>();
  private readonly counters: object[] = [];
  private readonly used = new Set<string>();
  private readonly sites: Site[] = [];
  private readonly live: Liveness;
  /** What snapshots need, which many exits share. */
  private readonly values = new Map<Snapshot, readonly Node[]>();
  private registers = new ExitRegisters(null, []);
  private valueCount = 0;
  /** Those of all regions: their function has room for all on the stack. */
  private exitVariables = 0;
  /** Indices in TAILS. */
  private readonly tails = new Set<number>();
  private readonly blocks: Blocks;

  /** The region that is being emitted. */
  private member: Member;

  constructor(
    /** The region that the function begins with, and those that it can go over to. */
    private readonly members: readonly Member[],
    private readonly name: string,
    /** Counts the instructions that ran, where somebody asks. */
    private readonly stats: JitStats | null,
    private readonly settings: JitSettings,
    /** The root's frame is a generator's. */
    private readonly isGenerator: boolean,
  ) {
    this.live = new Liveness(members, settings.without);
    this.blocks = new Blocks(this.lines);
    this.member = members[0];
  }

  emit(): Emitted {
    const bodies = this.members.map((member) => this.emitMember(member));
    const prologue = this.prologue();
    const head = `return function ${this.name}(frame) {\n${prologue}let t = ${TURNS};\n`;
    const parts = bodies.length === 1 ? bodies : merged(bodies);
    const text = `${head}${parts.map((part) => part.text).join("")}};`;
    const runtime = [...this.used].map((name) => `const ${name} = $.${name};\n`).join("");
    const constants = this.constants.map((_, i) => `const k${i} = K[${i}];\n`).join("");
    const behind = this.constants.length;
    const counters = this.counters.map((_, i) => `const count${i} = K[${behind + i}];\n`).join("");
    const variables = (text.match(/\b(const|let) /g)?.length ?? 0) + this.blocks.declared + this.exitVariables;
    const stack = `const stack = ${stackOf(variables)};\n`;
    const factory = `${runtime}${constants}${counters}${stack}`;
    const others = bodies.slice(1).reduce((size, body) => size + body.text.length, 0);
    return {
      body: `${factory}${text}`,
      size: factory.length - counters.length + text.length - bodies[0].countingSize - others,
      constants: [...this.constants, ...this.counters],
      sites: this.sites,
      lengths: this.lengths,
      owners: this.stats === null ? [] : [...unowned(`${factory}${head}`), ...parts.flatMap((part) => part.owners)],
    };
  }
  /** One region's loop. */
  private emitMember(member: Member): Part {
    this.member = member;
    this.valueCount = 0;
    this.countingSize = 0;
    this.tails.clear();
    this.registers = new ExitRegisters(null, []);
    const isFirst = member === this.members[0];
    this.emitTrace(member.trace);
    const loopText = this.lines.splice(0).join("\n");
    const owners = this.owners.splice(0);
    this.exitVariables += this.valueCount;
    const values = Array.from({ length: this.valueCount }, (_, i) => `e${i}`);
    const declared = values.length === 0 ? "" : `let ${values.join(", ")};\n`;
    const begin = this.beginTurn();
    const tails = TAILS.flatMap((size, i) => (this.tails.has(i) ? [[i, values.slice(0, size)] as const] : []));
    const labels = tails
      .map(([i]) => `R${i}: { `)
      .reverse()
      .join("");
    const ends = tails.map(([, given]) => `}\nreturn leave(x, frame, [${given.join(", ")}]);\n`).join("");
    const head = `for (;;) {\nlet x = 0;\n${declared}${labels}\n${begin}`;
    const tail = `\n${ends}}\n`;
    // Nodes of other regions have numbers of their own.
    const own = isFirst ? owners : owners.map(() => null);
    return {
      text: `${head}${loopText}${tail}`,
      owners: [...unowned(head), ...own, ...unowned(tail).slice(1)],
      countingSize: this.countingSize,
    };
  }
  /** Loads the root's slots, and tests that they are what they are assumed to be. */
  private prologue(): string {
    const lines: string[] = ["const s = frame.s;"];
    const { header } = this.members[0];
    header.forEach((node, i) => {
      const assigned = this.live.assigned.has(i);
      const isLive = assigned ? node.isLive : this.members.some((other) => other.header[i]?.isLive);
      if (!isLive) return void lines.push(...this.kindTest(node, i));
      const name = assigned ? variableOf(node, i) : `h${i}`;
      const target = `${assigned ? "let" : "const"} ${name}`;
      if (node.kind === "int") {
        lines.push(`${target} = s[${i}];`, `if (typeof ${name} !== "number") return -1;`);
      } else if (node.kind === "float") {
        lines.push(`if (s[${i}]?.shape !== ${this.constant(floatType.shapes)}) return -1;`);
        lines.push(`${target} = s[${i}].value;`);
        lines.push(`if (${name} !== ${name}) return -1;`);
      } else lines.push(`${target} = s[${i}];`);
    });
    lines.push(...this.otherVariables());
    return lines.map((line) => `${line}\n`).join("");
  }
  /** Those of the other regions' slots, which get their values on the way there. Raw doubles are numbers from the start. */
  private otherVariables(): string[] {
    const first = this.members[0].header;
    const known = new Set(first.flatMap((node, i) => (node.isLive ? [variableOf(node, i)] : [])));
    const lines: string[] = [];
    for (const { header } of this.members.slice(1)) {
      header.forEach((node, i) => {
        const name = variableOf(node, i);
        if (!node.isLive || !this.live.assigned.has(i) || known.has(name)) return;
        known.add(name);
        lines.push(isRaw(node) ? `let ${name} = 0;` : `let ${name};`);
      });
    }
    return lines;
  }
  /** Of a slot that is not loaded. */
  private kindTest(node: Node, slot: number): string[] {
    if (!node.isAsked || node.kind === "any") return [];
    const isOther =
      node.kind === "int"
        ? `typeof s[${slot}] !== "number"`
        : `s[${slot}]?.shape !== ${this.constant(floatType.shapes)}`;
    return [`if (${isOther}) return -1;`];
  }
  private beginTurn(): string {
    const lines: string[] = [];
    const { header, start } = this.member;
    header.forEach((node, i) => {
      if (node.isLive && this.live.assigned.has(i)) lines.push(`const h${i} = ${variableOf(node, i)};`);
    });
    this.used.add("rt");
    lines.push(`if (--t < 0 || rt.interrupt) { ${this.leaveText(start)} }`);
    return lines.map((line) => `${line}\n`).join("");
  }

  // ── traces ─────────────────────────────────────────────────────────────────────────────────────────────────
  private emitTrace(trace: Trace): void {
    const outer = this.registers;
    this.registers = new ExitRegisters(outer, this.exitsOf(trace));
    if (this.member === this.members[0]) this.lengths.push(trace.nodes.reduce((n, node) => n + Number(node.isLive), 0));
    const { work } = this;
    if (this.stats !== null) this.work = this.stats.operations.began(trace.log.id, work);
    this.emitNodes(trace);
    this.work = work;
    this.registers = outer;
  }
  private emitNodes(trace: Trace): void {
    const parts = partsOf(trace);
    trace.nodes.forEach((node, i) => {
      for (const join of parts.get(i) ?? []) this.openBlock(join);
      if (node.op === "JOIN") this.emitJoin(node);
      else if (node.isLive) this.emitNode(node);
    });
    const { end } = trace;
    if (end.kind === "join") return this.emitArm(end);
    if (end.kind === "return") return this.emitReturn(end);
    if (end.kind === "yield") return this.emitYield(end);
    if (end.kind === "leave") return this.line(this.leaveText(end.exit));
    if (end.kind === "link") return this.emitLink(end);
    this.assign(end.slots, this.member.header);
    this.line(`${this.countText(end.path)}continue;`);
  }
  /** Over to another loop of the function, which is a region of its own too. */
  private emitLink(end: Extract<Trace["end"], { kind: "link" }>): void {
    const target = this.members.findIndex(({ region }) => region === end.target);
    this.assign(end.slots, this.members[target].header);
    this.line(`${this.countText(end.path)}at = ${target}; continue F;`);
  }
  /** The values with which a region begins its next turn. */
  private assign(slots: readonly Node[], header: readonly Node[]): void {
    slots.forEach((node, i) => {
      if (!header[i].isLive || !this.live.assigned.has(i)) return;
      const isThere = node.op === "HEADER" && node.data === i && isRaw(node) === isRaw(header[i]);
      if (!isThere) this.line(`${variableOf(header[i], i)} = ${this.ref(node)};`);
    });
  }
  /** From here on, side traces go round what follows, to behind `join`. */
  private openBlock(join: Node): void {
    const phis = (join.data as Join).phis.filter(({ isLive }) => isLive);
    this.line("");
    this.line(`J${join.id}: {`);
    this.blocks.open(join, phis, this.registers.open());
    if (this.stats !== null) this.meetings.set(join, { path: (join.data as Join).path, work: null });
  }
  private emitJoin(join: Node): void {
    const { phis } = join.data as Join;
    if (!this.blocks.isOpen(join)) return;
    for (const phi of phis) if (phi.isLive) this.line(`v${phi.id} = ${this.ref(phi.args[0])};`);
    this.registers.close(this.blocks.close(join));
    this.line("}");
    if (this.stats === null) return;
    this.work = this.stats.operations.joined(this.work);
    (this.meetings.get(join) as Behind).work = this.work;
  }
  private emitArm({ join, arm, path }: Extract<Trace["end"], { kind: "join" }>): void {
    const { phis } = join.data as Join;
    if (this.stats !== null) this.work = this.stats.operations.joined(this.work);
    for (const phi of phis) if (phi.isLive) this.line(`v${phi.id} = ${this.ref(phi.args[arm + 1])};`);
    this.line(`${this.countText(path, this.meetings.get(join))}break J${join.id};`);
  }
  private emitReturn({ value, exit }: Extract<Trace["end"], { kind: "return" }>): void {
    this.used.add("rt").add("keepFrame");
    const count = this.countText(pathBehind(exit));
    // Python may hold the frame, and look at its locals later.
    this.line(`if (frame.isDirect && frame.escaped) keepFrame(frame, ${this.spillText(exit)});`);
    if (this.isGenerator) {
      this.used.add("finishGenerator");
      const finish = `finishGenerator(frame.generator, ${this.ref(value)});`;
      this.line(`if (frame.isDirect) { ${count}${finish} return ${ENDED}; }`);
    } else this.line(`if (frame.isDirect) { ${count}rt.returned = ${this.ref(value)}; return ${RETURNED}; }`);
    this.line(this.leaveText(exit));
  }
  /** To compiled or native code that has resumed the generator: its frame keeps what the next resume needs. */
  private emitYield({ value, slots, exit }: Extract<Trace["end"], { kind: "yield" }>): void {
    const { pc, code } = exit.snapshot[0];
    // Counts do not depend on what is compiled: as in the loop that counts, values go all the way.
    const links = code.ops[pc] >>> 8 === 1 && this.stats === null;
    this.used.add("rt").add("suspendGenerator");
    const stores = slots.map((node, i) => (this.live.isKept(node, i) ? "" : `s[${i}] = ${this.ref(node)}; `));
    const move = `frame.pc = ${pc}; frame.sp = ${slots.length}; s[${slots.length}] = undefined; suspendGenerator(frame${links ? ", true" : ""});`;
    const give = `rt.returned = ${this.ref(value)}; return ${RETURNED};`;
    this.line(`if (frame.isDirect) { ${this.countText(pathBehind(exit))}${stores.join("")}${move} ${give} }`);
    this.line(this.leaveText(exit));
  }
  /** `path` has run; `insteadOf`: and will be counted, which has not. */
  private countText(path: Path | null, insteadOf: Behind | null = null): string {
    if (this.stats === null) return "";
    const { counters, ends } = this.stats;
    const length = lengthOf(path) - lengthOf(insteadOf?.path ?? null);
    const end = this.counter(ends.endOf({ path, work: this.work }, insteadOf));
    const text = `${this.counter(counters)}.compiled += ${length}; ${end}.n++; `;
    this.countingSize += text.length;
    return text;
  }
  /** Notes a call for the statistics. */
  private noteCall(name: string): void {
    if (this.stats?.countsOperations) this.work = this.stats.operations.called(name, this.work);
  }
  private emitNode(node: Node): void {
    const around = this.owner;
    this.owner = node;
    this.emitOperation(node);
    this.owner = around;
  }
  private emitOperation(node: Node): void {
    if (this.stats?.countsOperations && node.op !== "ZONE") this.work = this.stats.operations.did(node.op, this.work);
    const condition = GUARDS[node.op];
    if (condition !== undefined) return this.emitGuard(node, condition);
    if (node.op === "SUSPEND") return this.emitSuspend(node);
    if (node.op === "MAKE_GENERATOR") return this.emitMakeGenerator(node);
    if (node.op === "RUN_INSTRUCTION") return this.emitInstruction(node);
    if (node.op === "CALL_PYTHON") return this.emitPythonCall(node);
    if (node.op === "UNWIND") return this.emitUnwind(node);
    if (node.op === "FRAME_RETURNS") return this.emitFrameReturns(node);
    if (node.op === "ZONE") return this.line(`frame.spill = ${this.spillText(node.site as Exit)};`);
    if (this.live.isRootsOwn(node)) return this.define(node, `s[${node.args[0].data}]`);
    const { effect, js } = OPS[node.op];
    const text = this.fill(js, node);
    if (node.op === "CALL") this.noteCall(`call of ${(node.data as { name: string }).name || "a native function"}`);
    if (node.site !== null) this.line(`frame.spill = ${this.spillText(node.site)};`);
    if (effect === "writes" && node.exit === null && node.kind === "none") return this.line(`${text};`);
    this.define(node, text);
    this.emitRaise(node, `v${node.id} === EXC`);
  }
  /** After an operation that may raise. */
  private emitRaise(node: Node, failed: string): void {
    if (node.site !== null) {
      this.used.add("rt");
      this.line("rt.frame = frame;");
    }
    if (node.exit === null) return;
    this.used.add("EXC");
    if (node.side === null) return this.line(`if (${failed}) { ${this.leaveText(node.exit)} }`);
    this.line(`if (${failed}) {`);
    this.emitTrace(node.side);
    this.line("}");
  }
  private emitFrameReturns(node: Node): void {
    this.used.add("frameReturns");
    const spill = this.spillText(node.site as Exit);
    this.line(`if (frame.shown !== null) frameReturns(frame, ${node.data}, ${spill});`);
  }
  private emitUnwind(node: Node): void {
    const { depth, first } = node.data as { depth: number; first: number };
    this.used.add("unwindTo");
    this.line(`unwindTo(frame, ${this.spillText(node.site as Exit)}, ${this.ref(node.args[0])}, ${depth}, ${first});`);
  }
  private emitGuard(node: Node, condition: string): void {
    const text = this.fill(condition, node);
    if (node.side === null) {
      return this.line(`if (!(${text})${this.randomly(node, "||")}) { ${this.leaveText(node.exit as Exit)} }`);
    }
    // The side trace relies on the guard's failure: what fails at random leaves.
    const fails = this.randomly(node, "");
    if (fails !== "") this.line(`if (${fails}) { ${this.leaveText(node.exit as Exit)} }`);
    this.line(`if (!(${text})) {`);
    this.emitTrace(node.side);
    this.line("}");
  }
  /** Under stress, a condition that holds at random; nothing otherwise. */
  private randomly(node: Node, operator: string): string {
    if (this.settings.stress === null || node.isFinal) return "";
    this.used.add("fail");
    return `${operator} fail()`;
  }
  private emitInstruction(node: Node): void {
    const { run, pc, oparg, cache, frame, name } = node.data as Instruction;
    this.noteCall(name);
    const stack = `v${node.id}`;
    this.define(node, `[${node.args.map((arg) => this.ref(arg)).join(", ")}]`);
    if (node.site !== null) this.line(`frame.spill = ${this.spillText(node.site)};`);
    const where = frame === null ? "frame" : this.constant(frame);
    const call = `${this.constant(run)}(${stack}, ${node.args.length}, ${pc}, ${oparg}, ${where}, ${this.constant(cache)})`;
    this.line(`const n${node.id} = ${call};`);
    this.emitRaise(node, `n${node.id} < 0`);
  }
  /** A frame with the arguments, then the entry of the callee's code: a region's function, or what stands for one. */
  private emitPythonCall(node: Node): void {
    const [func, ...args] = node.args;
    const frame = `f${node.id}`;
    const inlined = (node.site as Exit).snapshot.length - 1;
    this.noteCall(`Python call of ${(node.data as PyCode).qualname}`);
    this.line(`frame.spill = ${this.spillText(node.site as Exit, true)};`);
    this.used.add("enterFrame").add("finishCall");
    this.line(`const ${frame} = enterFrame(${this.ref(func)}, stack, ${inlined}), s${node.id} = ${frame}.s;`);
    const stores = args.map((arg, i) =>
      arg.op === "CONST" && arg.data === undefined ? "" : `s${node.id}[${i}] = ${this.ref(arg)}; `,
    );
    if (stores.length > 0) this.line(stores.join("").trimEnd());
    const entry = this.constant(entryOf(node.data as PyCode));
    this.define(node, `finishCall(${frame}, ${entry}.run(${frame}), stack, ${inlined})`);
    this.emitRaise(node, `v${node.id} === EXC`);
  }
  private emitSuspend(node: Node): void {
    const { slots, pc, sp, wasLinked, hasMoved, wasSuspended } = node.data as Suspension;
    const [generator, frame, array, ...values] = node.args.map((arg) => this.ref(arg));
    const lines = values.map((value, i) => `${array}[${slots[i]}] = ${value};`);
    if (hasMoved) lines.push(`${frame}.pc = ${pc};`, `${frame}.sp = ${sp};`);
    if (wasLinked) {
      this.used.add("unlinkGenerator");
      lines.push(`unlinkGenerator(${generator});`);
    } else if (!wasSuspended) lines.push(`${generator}.state = 1;`);
    if (lines.length > 0) this.line(lines.join(" "));
  }
  private emitMakeGenerator(node: Node): void {
    const [func, ...slots] = node.args;
    this.used.add("framePlain").add("makeGenerator");
    this.line(`const f${node.id} = framePlain(${this.ref(func)}), s${node.id} = f${node.id}.s;`);
    const stores = slots.map((arg, i) =>
      arg.op === "CONST" && arg.data === undefined ? "" : `s${node.id}[${i}] = ${this.ref(arg)}; `,
    );
    this.line(`${stores.join("")}f${node.id}.pc = ${node.data};`);
    this.define(node, `makeGenerator(f${node.id})`);
  }
  private define(node: Node, text: string): void {
    this.blocks.defined(node);
    this.line(`const v${node.id} = ${text};`);
  }
  private line(text: string): void {
    this.lines.push(text);
    if (this.stats !== null) this.owners.push(this.owner);
  }

  // ── values ─────────────────────────────────────────────────────────────────────────────────────────────────
  private ref(node: Node): string {
    if (node.isConstant) return this.literal(node.data);
    if (node.op === "HEADER") return `h${node.data}`;
    this.blocks.used(node);
    return `v${node.id}`;
  }
  private literal(value: unknown): string {
    switch (typeof value) {
      case "undefined":
        return "undefined";
      case "boolean":
        return String(value);
      case "number":
        return Object.is(value, -0) ? "-0" : value < 0 ? `(${value})` : String(value);
      case "string":
        return JSON.stringify(value);
      default:
        return value === null ? "null" : this.constant(value);
    }
  }
  private constant(value: unknown): string {
    let name = this.names.get(value);
    if (name === undefined) {
      name = `k${this.constants.length}`;
      this.constants.push(value);
      this.names.set(value, name);
    }
    return name;
  }
  /** A constant that is there for counting alone: the others have the same names with and without. */
  private counter(value: object): string {
    const known = this.counters.indexOf(value);
    return `count${known >= 0 ? known : this.counters.push(value) - 1}`;
  }
  /** Fills a template of the table of operations. */
  private fill(template: string, node: Node): string {
    const { parts, names } = templateOf(template);
    for (const name of names) this.used.add(name);
    let text = parts[0];
    for (let i = 1; i < parts.length; i += 2) text += this.argument(parts[i], node) + parts[i + 1];
    return text;
  }
  private argument(what: string, node: Node): string {
    if (what === "*") return node.args.map((arg) => this.ref(arg)).join(", ");
    if (what === "n") return String(node.data);
    if (what === "d") return this.literal(node.data);
    return this.ref(node.args[Number(what)]);
  }

  // ── leaving ────────────────────────────────────────────────────────────────────────────────────────────────
  /** What the trace's own exits need, in order; an exit with a side trace is that trace's affair. */
  private exitsOf(trace: Trace): (readonly Node[])[] {
    const exits: (readonly Node[])[] = [];
    for (const node of trace.nodes) {
      if (node.isLive && node.exit !== null && node.side === null) exits.push(this.valuesOf(node.exit));
    }
    if ("exit" in trace.end && trace.end.kind !== "link") exits.push(this.valuesOf(trace.end.exit));
    return exits;
  }
  private valuesOf({ snapshot }: Exit): readonly Node[] {
    let values = this.values.get(snapshot);
    if (values === undefined) {
      const found: Node[] = [];
      this.frameSources(snapshot, (node) => indexIn(found, node));
      values = found;
      this.values.set(snapshot, values);
    }
    return values;
  }
  /**
   * The statements that leave. A value that later exits need too is stored on the way to this one, once for all of
   * them; the others are stored on leaving only.
   */
  private leaveText(exit: Exit): string {
    const values = this.valuesOf(exit);
    const stores = this.registers.take(values);
    const given = values.reduce((most, node) => Math.max(most, this.registers.of(node) + 1), 0);
    const tail = TAILS.findIndex((size) => given <= size);
    this.tails.add(tail);
    for (const { node, register, isShared } of stores) if (isShared) this.line(`e${register} = ${this.ref(node)};`);
    const text = stores.map((s) => (s.isShared ? "" : `e${s.register} = ${this.ref(s.node)}; `)).join("");
    const site = new Site(
      this.member.region,
      exit,
      this.frameSources(exit.snapshot, (node) => this.registers.of(node)),
      this.work,
    );
    this.registers.release();
    this.valueCount = Math.max(this.valueCount, this.registers.count);
    return `${text}x = ${this.sites.push(site) - 1}; break R${tail};`;
  }
  private spillText(exit: Exit, isCall = false): string {
    const values: Node[] = [];
    const site = new Site(
      this.member.region,
      exit,
      this.frameSources(exit.snapshot, (node) => indexIn(values, node)),
      this.work,
      isCall,
    );
    return `[${[this.constant(site), ...values.map((node) => this.ref(node))].join(", ")}]`;
  }
  /** Where the frames' values are; `indexOf` says where compiled code puts a value. */
  private frameSources(snapshot: Snapshot, indexOf: (node: Node) => number): FrameSource[] {
    return snapshot.map((frame, depth): FrameSource => {
      const source = (node: Node): Source => this.source(node, indexOf);
      return {
        code: frame.code,
        func: frame.func === null ? null : source(frame.func),
        pc: frame.pc,
        slots: frame.slots.map((node, i) =>
          (depth === 0 ? this.live.isKept(node, i) : frame.heap[i] === node) ? { kind: "kept" } : source(node),
        ),
        generator: frame.generator === null ? null : source(frame.generator),
        returnPc: frame.returnPc,
        onReturn: frame.onReturn,
        pushNull: frame.pushNull,
        returnData: frame.returnData === null ? null : source(frame.returnData),
      };
    });
  }
  private source(node: Node, indexOf: (node: Node) => number): Source {
    if (node.isConstant) {
      if (node.kind !== "float") return { kind: "constant", value: node.data };
      return { kind: "fresh", id: node.id, op: "BOX", args: [{ kind: "constant", value: node.data }] };
    }
    if (!node.isLive && this.live.isSinkable(node)) {
      const args = node.args.map((arg) =>
        OF_DOUBLES.has(node.op) ? this.raw(arg, indexOf) : this.source(arg, indexOf),
      );
      return { kind: "fresh", id: node.id, op: node.op, args };
    }
    return { kind: "value", index: indexOf(node), isFloat: node.kind === "float" };
  }
  /** The double itself, for what is made of it. */
  private raw(node: Node, indexOf: (node: Node) => number): Source {
    if (node.isConstant) return { kind: "constant", value: node.data };
    return { kind: "value", index: indexOf(node), isFloat: false };
  }
}

/** What is made of raw doubles. */
const OF_DOUBLES: ReadonlySet<string> = new Set(["BOX", "NEW_COMPLEX"]);

/** A template of the table of operations: text and arguments in turns, and what it calls by name. */
interface Template {
  readonly parts: readonly string[];
  readonly names: readonly string[];
}
const TEMPLATES = new Map<string, Template>();
function templateOf(text: string): Template {
  let template = TEMPLATES.get(text);
  if (template === undefined) {
    const names = [...text.matchAll(/\b[A-Za-z]\w+\b/g)].map(([name]) => name).filter((name) => name in RUNTIME);
    template = { parts: text.split(/\$(\d|d|n|\*)/), names };
    TEMPLATES.set(text, template);
  }
  return template;
}

/** A part of the function's text, with the nodes of its lines. */
interface Part {
  readonly text: string;
  readonly owners: readonly (Node | null)[];
  readonly countingSize: number;
}
const unowned = (text: string): null[] => Array.from({ length: text.match(/\n/g)?.length ?? 0 }, () => null);
/** Loops between which the function goes over, the first at the start. */
function merged(bodies: readonly Part[]): Part[] {
  const lines = (text: string): Part => ({ text, owners: unowned(text), countingSize: 0 });
  const cases = bodies.flatMap((body, i) => [lines(`case ${i}:\n`), body]);
  return [lines("let at = 0;\nF: for (;;) switch (at) {\n"), ...cases, lines("}\n")];
}
/** The variable that has a slot's value from turn to turn. */
const variableOf = (node: Node, slot: number): string => `${isRaw(node) ? "d" : "c"}${slot}`;

function indexIn(values: Node[], node: Node): number {
  const at = values.indexOf(node);
  return at >= 0 ? at : values.push(node) - 1;
}
