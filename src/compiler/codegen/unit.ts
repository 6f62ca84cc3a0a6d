/** What is known of the code object being generated. Units stack as scopes nest. */
import type { AnnAssign, Position } from "../../syntax/ast.ts";
import type { CodeConst } from "../code.ts";
import { constKey } from "../consts.ts";
import { Sequence } from "../instruction.ts";
import type { Scope } from "../symtable/scope.ts";

export const SCOPE_MODULE = 0;
export const SCOPE_CLASS = 1;
export const SCOPE_FUNCTION = 2;
export const SCOPE_ASYNC_FUNCTION = 3;
export const SCOPE_LAMBDA = 4;
export const SCOPE_COMPREHENSION = 5;
export const SCOPE_ANNOTATIONS = 6;
export const SCOPE_TYPE_PARAMS = 7;

// Kinds of a block on the compiler's own stack: what `break`, `continue` and `return` must unwind.
export const FB_WHILE_LOOP = 0;
export const FB_FOR_LOOP = 1;
export const FB_ASYNC_FOR_LOOP = 2;
export const FB_TRY_EXCEPT = 3;
export const FB_FINALLY_TRY = 4;
export const FB_FINALLY_END = 5;
export const FB_WITH = 6;
export const FB_ASYNC_WITH = 7;
export const FB_HANDLER_CLEANUP = 8;
export const FB_POP_VALUE = 9;
export const FB_EXCEPTION_HANDLER = 10;
export const FB_EXCEPTION_GROUP_HANDLER = 11;
export const FB_ASYNC_COMPREHENSION_GENERATOR = 12;
export const FB_STOP_ITERATION = 13;

export interface FrameBlock {
  type: number;
  /** Where `continue` goes. */
  block: number;
  /** Where `break` goes; -1 when nowhere. */
  exit: number;
  loc: Position;
  /** A `finally`'s statements; a handler's name. */
  unwind: (() => void) | null;
  name: string | null;
}

export interface ArgCounts {
  argcount: number;
  posonlyargcount: number;
  kwonlyargcount: number;
}

export class Unit {
  readonly seq = new Sequence();
  /** Where instructions go: `seq`, or the annotations' own sequence. */
  current: Sequence;
  readonly scope: Scope;
  readonly scopeType: number;
  readonly name: string;
  readonly firstlineno: number;
  readonly privateName: string | null;
  readonly parent: Unit | null;
  qualname: string;
  argcount = 0;
  posonlyargcount = 0;
  kwonlyargcount = 0;
  readonly varnames = new Map<string, number>();
  readonly names = new Map<string, number>();
  readonly cellvars = new Map<string, number>();
  readonly freevars = new Map<string, number>();
  /** Names of a class or module that an inlined comprehension keeps in frame slots; true while it is compiled. */
  readonly fastHidden = new Map<string, boolean>();
  readonly consts: CodeConst[] = [];
  private readonly strings = new Map<string, number>();
  private readonly others = new Map<string, number>();
  readonly fblocks: FrameBlock[] = [];
  staticAttributes: Set<string> | null = null;
  readonly deferredAnnotations: AnnAssign[] = [];
  /** Beside each deferred annotation: its number among the conditional ones, or -1. */
  readonly conditionalIndices: number[] = [];
  nextConditionalIndex = 0;
  inConditionalBlock = false;
  inInlinedComp = 0;

  constructor(
    scope: Scope,
    scopeType: number,
    name: string,
    firstlineno: number,
    privateName: string | null,
    parent: Unit | null,
  ) {
    this.scope = scope;
    this.scopeType = scopeType;
    this.name = name;
    this.qualname = name;
    this.firstlineno = firstlineno;
    this.privateName = privateName;
    this.parent = parent;
    this.current = this.seq;
  }

  addConst(c: CodeConst): number {
    // No NaN equals another.
    if (c.t === "float" && Number.isNaN(c.v)) return this.consts.push(c) - 1;
    if (c.t === "code") return this.addCode(c);
    const isStr = c.t === "str";
    const map = isStr ? this.strings : this.others;
    const key = isStr ? c.v : constKey(c);
    let index = map.get(key);
    if (index === undefined) {
      index = this.consts.push(c) - 1;
      map.set(key, index);
    }
    return index;
  }

  /** Equal code objects come from code compiled twice, as in a `finally`; comparing them whole is for those alone. */
  private addCode(c: CodeConst & { t: "code" }): number {
    const place = `C${c.v.firstlineno}:${c.v.name}`;
    const first = this.others.get(place);
    if (first === undefined) {
      const index = this.consts.push(c) - 1;
      this.others.set(place, index);
      return index;
    }
    const key = constKey(c);
    for (let i = first; i < this.consts.length; i++) {
      const other = this.consts[i];
      if (other.t === "code" && other.v.firstlineno === c.v.firstlineno && constKey(other) === key) return i;
    }
    return this.consts.push(c) - 1;
  }
}

/** The index of `name` in a table of names, which grows as needed. */
export function indexOfName(table: Map<string, number>, name: string): number {
  let index = table.get(name);
  if (index === undefined) {
    index = table.size;
    table.set(name, index);
  }
  return index;
}
