/**
 * Decides for every name of every scope where it lives: local, cell, free, global explicit or implicit.
 * Comprehensions are merged into the block around them here (PEP 709).
 */
import { syntaxErrorAt } from "../errors.ts";
import {
  CELL,
  CLASS_BLOCK,
  DEF_BOUND,
  DEF_COMP_CELL,
  DEF_FREE_CLASS,
  DEF_GLOBAL,
  DEF_NONLOCAL,
  DEF_PARAM,
  DEF_TYPE_PARAM,
  FREE,
  GLOBAL_EXPLICIT,
  GLOBAL_IMPLICIT,
  LOCAL,
  SCOPE_MASK,
  SCOPE_OFFSET,
  type Scope,
  USE,
} from "./scope.ts";

type Names = Set<string>;

export function analyze(top: Scope, filename: string): void {
  analyzeBlock({ filename }, top, null, new Set(), new Set(), new Set(), null);
}

interface Context {
  readonly filename: string;
}

function failAtDirective(cx: Context, scope: Scope, name: string, msg: string): never {
  const directive = scope.directives?.find((d) => d.name === name);
  throw syntaxErrorAt(cx.filename, directive?.loc ?? scope.loc, msg);
}

interface NameSets {
  bound: Names | null;
  local: Names;
  free: Names;
  global: Names;
  typeParams: Names;
}

function analyzeName(
  cx: Context,
  scope: Scope,
  name: string,
  flags: number,
  sets: NameSets,
  cls: Scope | null,
): number {
  const { bound, local, free, global, typeParams } = sets;
  if ((flags & DEF_GLOBAL) !== 0) {
    if ((flags & DEF_NONLOCAL) !== 0) failAtDirective(cx, scope, name, `name '${name}' is nonlocal and global`);
    global.add(name);
    if (bound !== null) bound.delete(name);
    return GLOBAL_EXPLICIT;
  }
  if ((flags & DEF_NONLOCAL) !== 0) {
    if (bound === null) failAtDirective(cx, scope, name, "nonlocal declaration not allowed at module level");
    if (!bound.has(name)) failAtDirective(cx, scope, name, `no binding for nonlocal '${name}' found`);
    if (typeParams.has(name)) {
      failAtDirective(cx, scope, name, `nonlocal binding not allowed for type parameter '${name}'`);
    }
    free.add(name);
    return FREE;
  }
  if ((flags & DEF_BOUND) !== 0) {
    local.add(name);
    global.delete(name);
    if ((flags & DEF_TYPE_PARAM) !== 0) typeParams.add(name);
    else typeParams.delete(name);
    return LOCAL;
  }
  // A name that the class right around binds is looked up there, then among the globals: never in functions outside.
  if (cls !== null && name !== "__classdict__") {
    const inClass = cls.symbols.get(name) ?? 0;
    if ((inClass & DEF_GLOBAL) !== 0) return GLOBAL_EXPLICIT;
    if ((inClass & DEF_BOUND) !== 0 && (inClass & DEF_NONLOCAL) === 0) return GLOBAL_IMPLICIT;
  }
  if (bound !== null && bound.has(name)) {
    free.add(name);
    return FREE;
  }
  return GLOBAL_IMPLICIT;
}

function addAll(into: Names, from: Names): void {
  for (const name of from) into.add(name);
}

function analyzeBlock(
  cx: Context,
  scope: Scope,
  bound: Names | null,
  free: Names,
  global: Names,
  typeParams: Names,
  cls: Scope | null,
): void {
  const isClass = scope.type === CLASS_BLOCK;
  const local: Names = new Set();
  const scopes = new Map<string, number>();
  const newFree: Names = new Set();
  const inlinedCells: Names = new Set();
  // A class's own names are invisible in functions within, so what they see is settled before its names are.
  const newBound: Names = isClass && bound !== null ? new Set(bound) : new Set();
  const newGlobal: Names = isClass ? new Set(global) : new Set();
  const sets: NameSets = { bound, local, free, global, typeParams };
  for (const [name, flags] of scope.symbols) scopes.set(name, analyzeName(cx, scope, name, flags, sets, cls));
  if (isClass) {
    newBound.add("__class__").add("__classdict__").add("__conditional_annotations__");
  } else {
    if (scope.functionLike) addAll(newBound, local);
    if (bound !== null) addAll(newBound, bound);
    addAll(newGlobal, global);
  }
  let spliced = false;
  for (const child of scope.children) {
    const childClass = child.canSeeClassScope ? (isClass ? scope : cls) : null;
    const inline = child.comprehension !== "" && !child.generator && !scope.canSeeClassScope;
    const childFree: Names = new Set();
    analyzeBlock(cx, child, new Set(newBound), childFree, new Set(newGlobal), new Set(typeParams), childClass);
    if (inline) {
      inlineComprehension(scope, child, scopes, childFree, inlinedCells);
      child.compInlined = true;
      spliced = true;
    }
    addAll(newFree, childFree);
  }
  if (spliced) scope.children = scope.children.flatMap((child) => (child.compInlined ? child.children : [child]));
  if (scope.functionLike) makeCells(scopes, newFree, inlinedCells);
  else if (isClass) dropClassFree(scope, newFree);
  updateSymbols(scope, scopes, bound, newFree, inlinedCells, isClass || scope.canSeeClassScope);
  addAll(free, newFree);
}

const CLASS_CELLS = new Set(["__class__", "__classdict__", "__conditional_annotations__"]);

/** Gives the comprehension's names to the block around it. */
function inlineComprehension(
  scope: Scope,
  comp: Scope,
  scopes: Map<string, number>,
  compFree: Names,
  inlinedCells: Names,
): void {
  for (const [name, flags] of [...comp.symbols]) {
    if ((flags & DEF_PARAM) !== 0) continue;
    let where = (flags >> SCOPE_OFFSET) & SCOPE_MASK;
    const only = flags & ((1 << SCOPE_OFFSET) - 1);
    if (where === CELL || (only & DEF_COMP_CELL) !== 0) inlinedCells.add(name);
    const existing = scope.symbols.get(name);
    if (existing === undefined) {
      if (where === FREE && scope.type === CLASS_BLOCK && CLASS_CELLS.has(name)) {
        where = GLOBAL_IMPLICIT;
        if (!freeInAnyChild(comp, name)) compFree.delete(name);
        comp.symbols.delete(name);
      }
      scope.symbols.set(name, only);
      scopes.set(name, where);
    } else if (where === FREE && scope.type === CLASS_BLOCK && CLASS_CELLS.has(name)) {
      // The class body has a name like the class's cell: the comprehension sees neither, but the global.
      if (!freeInAnyChild(comp, name)) compFree.delete(name);
      comp.symbols.set(name, only | (GLOBAL_IMPLICIT << SCOPE_OFFSET));
    } else {
      // A class body has another variable of that name.
      if (where === FREE && scope.type !== CLASS_BLOCK) scope.symbols.set(name, existing | (only & USE));
      // Free in the comprehension only: now simply the block's local.
      if ((existing & DEF_BOUND) !== 0 && scope.type !== CLASS_BLOCK && !freeInAnyChild(comp, name)) {
        compFree.delete(name);
      }
    }
  }
}

function freeInAnyChild(scope: Scope, name: string): boolean {
  return scope.children.some((child) => child.scopeOf(name) === FREE);
}

function makeCells(scopes: Map<string, number>, free: Names, inlinedCells: Names): void {
  if (free.size === 0 && inlinedCells.size === 0) return;
  for (const [name, where] of scopes) {
    if (where !== LOCAL || (!free.has(name) && !inlinedCells.has(name))) continue;
    scopes.set(name, CELL);
    free.delete(name);
  }
}

function dropClassFree(scope: Scope, free: Names): void {
  if (free.delete("__class__")) scope.needsClassClosure = true;
  if (free.delete("__classdict__")) scope.needsClassDict = true;
  if (free.delete("__conditional_annotations__")) scope.hasConditionalAnnotations = true;
}

function updateSymbols(
  scope: Scope,
  scopes: Map<string, number>,
  bound: Names | null,
  free: Names,
  inlinedCells: Names,
  classflag: boolean,
): void {
  const symbols = scope.symbols;
  for (const [name, flags] of symbols) {
    const cell = inlinedCells.has(name) ? DEF_COMP_CELL : 0;
    symbols.set(name, flags | cell | ((scopes.get(name) ?? 0) << SCOPE_OFFSET));
  }
  for (const name of free) {
    const flags = symbols.get(name);
    if (flags !== undefined) {
      // A method's free variable that is also a name of the class body.
      if (classflag) symbols.set(name, flags | DEF_FREE_CLASS);
      continue;
    }
    if (bound !== null && !bound.has(name)) continue;
    symbols.set(name, FREE << SCOPE_OFFSET);
  }
}
