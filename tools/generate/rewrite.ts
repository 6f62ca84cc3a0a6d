/** Replaces the language's calls (`next()`, `exitUnless(…)`, …) in the text of bodies by what they mean in the loop. */
import type { CallExpression, Expression, Node, Statement } from "@babel/types";

/** Modes of the loop's epilogue; see `loop.template.txt`. */
const MODES = { error: 0, reraise: 1, enter: 2, leave: 3, suspend: 4, detach: 5, transfer: 6, resume: 7 } as const;

export class Rewriter {
  constructor(
    /** Code units to the next instruction. */
    protected readonly width: number,
    /** The family's general instruction: its number in the loop, its name in functions. */
    protected readonly family: number | string | null,
    /** Number of the instruction itself. */
    private readonly opcode: number,
    private readonly name: string,
    /** What the loop does before an instruction that has tried to specialise itself is looked at once more. */
    private readonly again = "",
  ) {}

  next(): string {
    return `pc = (pc + ${this.width}) | 0;\ncontinue dispatch;`;
  }
  error(): string {
    return "break instruction;";
  }

  statements(body: readonly Statement[], source: string): string {
    return body.map((statement) => this.text(statement, source)).join("\n");
  }
  expressionStatement(expression: Node, source: string): string {
    const text = this.text(expression, source);
    return text.endsWith(";") || text.endsWith("}") ? text : `${text};`;
  }

  /** Statements that `return`: each return stores to `target` and leaves the block, the last one falls through. */
  returning(body: readonly Statement[], source: string, target: string): string {
    const last = body.at(-1);
    const early = body.slice(0, -1).some(containsReturn) || (last?.type !== "ReturnStatement" && last !== undefined);
    const lines = body.map((statement) => {
      if (statement === last && statement.type === "ReturnStatement") {
        return `${target} = ${this.text(statement.argument as Node, source)};`;
      }
      return this.text(statement, source, target);
    });
    return early
      ? `body: {\n${lines.map((line) => `  ${line.replaceAll("\n", "\n  ")}`).join("\n")}\n}`
      : lines.join("\n");
  }

  /** The source text of a node, with the language's calls replaced. */
  text(node: Node, source: string, target: string | null = null): string {
    return dedent(textOf(node, source, (inner) => this.replacement(inner, source, target)));
  }

  private replacement(node: Node, source: string, target: string | null): string | null {
    if (target !== null && node.type === "ReturnStatement" && node.argument != null) {
      return `{ ${target} = ${this.text(node.argument, source)}; break body; }`;
    }
    if (node.type === "ExpressionStatement") {
      if (node.expression.type === "CallExpression") return this.call(node.expression, source);
      return this.stackStatement(node.expression, source, target);
    }
    if (node.type === "CallExpression") {
      // An arrow whose body is just the call.
      return this.call(node, source);
    }
    if (node.type === "UpdateExpression" && isName(node.argument, "sp")) {
      if (!node.prefix) throw new Error(`${this.name}: ${node.operator} of sp only as a statement or in s[sp++] = …`);
      return `(sp = (sp ${node.operator[0]} 1) | 0)`;
    }
    if (node.type === "MemberExpression" && isName(node.object, "s") && node.property.type === "BinaryExpression") {
      return `s[(${this.text(node.property, source)}) | 0]`;
    }
    return null;
  }

  /** Changes of `sp`: written so that V8 keeps it as an int32 without overflow checks. */
  private stackStatement(expression: Expression, source: string, target: string | null): string | null {
    if (expression.type === "UpdateExpression" && isName(expression.argument, "sp")) {
      return `sp = (sp ${expression.operator[0]} 1) | 0;`;
    }
    if (expression.type !== "AssignmentExpression") return null;
    const { left, right, operator } = expression;
    const value = this.text(right, source, target);
    if (isName(left, "sp") && operator !== "=") return `sp = (sp ${operator[0]} (${value})) | 0;`;
    if (left.type !== "MemberExpression" || !isName(left.object, "s")) return null;
    const index = left.property;
    if (index.type !== "UpdateExpression" || index.prefix || !isName(index.argument, "sp")) return null;
    return `{ s[sp] = ${value}; sp = (sp + 1) | 0; }`;
  }

  private call(call: CallExpression, source: string): string | null {
    if (call.callee.type !== "Identifier") return null;
    return this.wayOut(call.callee.name, (i) => this.text(call.arguments[i], source));
  }
  /** One of the language's calls as text; null: it is none. */
  protected wayOut(name: string, arg: (i: number) => string): string | null {
    switch (name) {
      case "next":
        return `{ ${this.next().replace("\n", " ")} }`;
      case "jump":
        return `{ pc = (pc + ${this.width} + ${arg(0)}) | 0; continue dispatch; }`;
      case "jumpBackward":
        return `{ pc = (pc + ${this.width} - ${arg(0)}) | 0; if ((fuel = (fuel - burnt(${arg(0)})) | 0) < 0) { frame.pc = pc; frame.sp = sp; return SWITCH; } continue dispatch; }`;
      case "error":
        return this.error();
      case "reraise":
        return `{ mode = ${MODES.reraise}; break instruction; }`;
      case "exitUnless":
        return this.exit(arg(0));
      case "adapt":
        return this.adapt(arg(0));
      case "enter":
        return `{ entered = ${arg(0)}; frame.returnPc = pc + ${this.width}; mode = ${MODES.enter}; break instruction; }`;
      case "enterGenerator":
        return `{ entered = ${arg(0)}; frame.returnPc = pc + ${this.width} + ${arg(1)}; mode = ${MODES.resume}; break instruction; }`;
      case "canRunChain":
        // Where somebody looks on, every generator on the way is seen to run.
        return this.again === "" ? null : "false";
      case "leave":
        return `{ result = ${arg(0)}; mode = ${MODES.leave}; break instruction; }`;
      case "transfer":
        return `{ transfer = ${arg(0)}; mode = ${MODES.transfer}; break instruction; }`;
      case "detach":
        return `{ result = ${arg(0)}; mode = ${MODES.detach}; break instruction; }`;
      case "suspend":
        return `{ result = ${arg(0)}; mode = ${MODES.suspend}; break instruction; }`;
      default:
        return null;
    }
  }

  private exit(condition: string): string {
    if (this.family === null) throw new Error(`${this.name}: a general instruction cannot exit`);
    return `if (!(${condition})) ${this.general()}`;
  }
  protected general(): string {
    return `{ flip = ${this.opcode ^ (this.family as number)}; continue dispatch; }`;
  }

  /** Counts down in the first cache unit; at zero tries to specialise, and runs what is there then. */
  protected adapt(attempt: string): string {
    return `if (ops[pc + 1] < 16) { ${attempt}; ${this.again}continue dispatch; }\nops[pc + 1] -= 16;`;
  }
}

/** The same for an instruction as a function: it returns the new stack pointer. */
export class FunctionRewriter extends Rewriter {
  override next(): string {
    return "return sp;";
  }
  override error(): string {
    return "return -1;";
  }
  protected override general(): string {
    return `return run_${this.family}(s, sp, pc, oparg, frame, cache);`;
  }
  /** Compiled code does not specialise. */
  protected override adapt(): string {
    return "";
  }
  protected override wayOut(name: string, arg: (i: number) => string): string | null {
    if (name === "reraise") return "return -2;";
    if (name === "canRunChain") return "false";
    if (name === "jumpBackward") throw new Error("an instruction that jumps is no function");
    if (name === "enter") return `return runCallee(${arg(0)}, s, sp);`;
    return super.wayOut(name, arg);
  }
}

function isName(node: Node, name: string): boolean {
  return node.type === "Identifier" && node.name === name;
}

function containsReturn(node: Node): boolean {
  let found = false;
  walk(node, (inner) => {
    if (inner.type === "ReturnStatement") found = true;
    return found;
  });
  return found;
}

/** The source text of a node, where `replacement` gives another text for some of those inside; `copy`: of the rest. */
export function textOf(
  node: Node,
  source: string,
  replacement: (node: Node) => string | null,
  copy: (text: string) => string = (text) => text,
): string {
  const edits: { start: number; end: number; text: string }[] = [];
  walk(node, (inner) => {
    const replaced = replacement(inner);
    if (replaced === null) return false;
    edits.push({ start: inner.start as number, end: inner.end as number, text: replaced });
    return true;
  });
  edits.sort((a, b) => a.start - b.start);
  let at = node.start as number;
  let out = "";
  for (const edit of edits) {
    out += copy(source.slice(at, edit.start)) + edit.text;
    at = edit.end;
  }
  return out + copy(source.slice(at, node.end as number));
}
/** Visits the node and its children; `visit` true: not deeper. */
export function walk(node: Node, visit: (node: Node) => boolean): void {
  if (visit(node)) return;
  for (const [key, value] of Object.entries(node)) {
    if (key === "leadingComments" || key === "trailingComments" || key === "innerComments" || key === "loc") continue;
    for (const child of Array.isArray(value) ? value : [value]) {
      if (child !== null && typeof child === "object" && typeof child.type === "string") walk(child as Node, visit);
    }
  }
}

/** Removes the indentation that the source's nesting gave all lines but the first. */
function dedent(text: string): string {
  const lines = text.split("\n");
  const rest = lines.slice(1).filter((line) => line.trim() !== "");
  if (rest.length === 0) return text;
  const by = Math.min(...rest.map((line) => line.length - line.trimStart().length));
  return [lines[0], ...lines.slice(1).map((line) => line.slice(Math.min(by, line.length)))].join("\n");
}
