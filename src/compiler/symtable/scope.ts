/**
 * A scope of the symbol table: what one block binds and uses, and where each name lives.
 * One value of this class is what CPython's `symtable.entry` shows.
 *
 * Source: the language reference, 4.2 "Naming and binding"; PEP 227, 695, 709, 649.
 */
import type { Position } from "../../syntax/ast.ts";

// Flags of a symbol, or-ed; bits 12 and up hold where the name lives (one of the `SCOPE_…`), once analysed.
export const DEF_GLOBAL = 1;
export const DEF_LOCAL = 1 << 1;
export const DEF_PARAM = 1 << 2;
export const DEF_NONLOCAL = 1 << 3;
export const USE = 1 << 4;
/** A free variable of a method that is a local or global of the class too. */
export const DEF_FREE_CLASS = 1 << 6;
export const DEF_IMPORT = 1 << 7;
export const DEF_ANNOT = 1 << 8;
/** An iteration variable of a comprehension. */
export const DEF_COMP_ITER = 1 << 9;
export const DEF_TYPE_PARAM = 1 << 10;
/** A cell of a comprehension that was inlined here. */
export const DEF_COMP_CELL = 1 << 11;
export const DEF_BOUND = DEF_LOCAL | DEF_PARAM | DEF_IMPORT | DEF_TYPE_PARAM;
export const SCOPE_OFFSET = 12;
export const SCOPE_MASK = 15;
export const LOCAL = 1;
export const GLOBAL_EXPLICIT = 2;
export const GLOBAL_IMPLICIT = 3;
export const FREE = 4;
export const CELL = 5;

/** CPython's numbers of the kinds of block (`_symtable.TYPE_…`). */
export const FUNCTION_BLOCK = 0;
export const CLASS_BLOCK = 1;
export const MODULE_BLOCK = 2;
export const ANNOTATION_BLOCK = 3;
export const TYPE_ALIAS_BLOCK = 4;
export const TYPE_PARAMETERS_BLOCK = 5;
export const TYPE_VARIABLE_BLOCK = 6;
export type BlockType = 0 | 1 | 2 | 3 | 4 | 5 | 6;

export type ComprehensionKind = "" | "list" | "dict" | "set" | "generator";

export interface Directive {
  name: string;
  loc: Position;
}

export class Scope {
  /** Mangled name → flags, in order of appearance. */
  readonly symbols = new Map<string, number>();
  /** Parameters, in the order of the frame's slots. */
  readonly varnames: string[] = [];
  children: Scope[] = [];
  /** `global` and `nonlocal` statements, for errors found later. */
  directives: Directive[] | null = null;
  /** In the type parameter scope of a class: the only names to mangle. */
  mangledNames: Set<string> | null = null;
  nested = false;
  generator = false;
  coroutine = false;
  annotationsUsed = false;
  comprehension: ComprehensionKind = "";
  varargs = false;
  varkeywords = false;
  returnsValue = false;
  needsClassClosure = false;
  needsClassDict = false;
  hasConditionalAnnotations = false;
  inConditionalBlock = false;
  inUnevaluatedAnnotation = false;
  /** The comprehension's code is part of the enclosing block's (PEP 709). */
  compInlined = false;
  compIterTarget = false;
  compIterExpr = 0;
  canSeeClassScope = false;
  method = false;
  hasDocstring = false;
  /** In a type variable's scope: what is evaluated there, for messages. */
  scopeInfo: string | null = null;
  annotationBlock: Scope | null = null;
  /** A number of its own among the table's scopes (CPython shows an address). */
  readonly id: number;
  readonly name: string;
  readonly type: BlockType;
  readonly loc: Position;

  constructor(id: number, name: string, type: BlockType, loc: Position) {
    this.id = id;
    this.name = name;
    this.type = type;
    this.loc = loc;
  }

  /** Locals live in a frame's slots, as in a function. */
  get functionLike(): boolean {
    return this.type !== CLASS_BLOCK && this.type !== MODULE_BLOCK;
  }

  /** Where the mangled name lives; 0 when the block does not mention it. */
  scopeOf(mangled: string): number {
    const flags = this.symbols.get(mangled);
    return flags === undefined ? 0 : (flags >> SCOPE_OFFSET) & SCOPE_MASK;
  }
}

export interface SymbolTable {
  readonly top: Scope;
  /** AST node (or its `args`, `type_params`) → scope. */
  readonly scopes: Map<object, Scope>;
  /** Type parameter → the scope of its default. */
  readonly defaults: Map<object, Scope>;
}
