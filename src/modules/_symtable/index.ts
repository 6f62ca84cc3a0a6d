/** The module `_symtable`: the compiler's symbol table as Python objects. */
import { getCompiler } from "../../builtins/compiler.ts";
import { guarded, sourceTextOf } from "../../builtins/compile.ts";
import { fileSystemPath } from "../../builtins/path.ts";
import { warnSyntax } from "../../builtins/syntax-errors.ts";
import { symtableOf } from "../../compiler/compile.ts";
import * as scopes from "../../compiler/symtable/scope.ts";
import { EXC, HAS_WEAKREF, PyObject, type Result, type Value } from "../../objects/core.ts";
import { fn, newModule, newType } from "../../objects/define.ts";
import { newDict } from "../../objects/dict.ts";
import { typeError, valueError } from "../../objects/errors.ts";
import { newList } from "../../objects/list.ts";
import { strFromJs } from "../../objects/str/astral.ts";
import { typeOf } from "../../objects/types.ts";
import { strValue } from "../../objects/values.ts";
import type { Mod } from "../../syntax/ast.ts";

/** One scope, made when it is asked for and then kept. */
class PySymtableEntry extends PyObject {
  private children: PySymtableEntry[] | null = null;

  constructor(readonly scope: scopes.Scope) {
    super(entryType.shapes);
  }
  childList(): Value {
    this.children ??= this.scope.children.map((child) => new PySymtableEntry(child));
    return newList([...this.children]);
  }
  symbols(): Value {
    const dict = newDict();
    for (const [name, flags] of this.scope.symbols) dict.set(strFromJs(name), flags);
    return dict;
  }
}

const entryType = newType("symtable entry", {
  doc: null,
  flags: HAS_WEAKREF,
  slots: {
    tp_repr: ({ scope }: PySymtableEntry) =>
      strFromJs(`<symtable entry ${scope.name}(${idOf(scope)}), line ${lineOf(scope)}>`),
  },
  members: () => ({
    id: (self: PySymtableEntry) => idOf(self.scope),
    name: (self: PySymtableEntry) => strFromJs(self.scope.name),
    symbols: (self: PySymtableEntry) => self.symbols(),
    varnames: (self: PySymtableEntry) => newList(self.scope.varnames.map(strFromJs)),
    children: (self: PySymtableEntry) => self.childList(),
    nested: (self: PySymtableEntry) => (self.scope.nested ? 1 : 0),
    type: (self: PySymtableEntry) => self.scope.type,
    lineno: (self: PySymtableEntry) => lineOf(self.scope),
  }),
});
const idOf = (scope: scopes.Scope): number => scope.id + 1;
/** The module's table has no line. */
function lineOf(scope: scopes.Scope): number {
  return scope.type === scopes.MODULE_BLOCK ? 0 : scope.loc.lineno;
}

const MODES = ["exec", "eval", "single"];

function symtable(source: Value, filenameValue: Value, modeValue: Value): Result {
  const compiler = getCompiler();
  const filename = fileSystemPath(filenameValue);
  if (compiler === EXC || filename === EXC) return EXC;
  const mode = strValue(modeValue);
  if (mode === undefined) return typeError(`symtable() argument 3 must be str, not ${typeOf(modeValue).name}`);
  if (typeof mode !== "string" || !MODES.includes(mode)) {
    return valueError("symtable() arg 3 must be 'exec' or 'eval' or 'single'");
  }
  const text = sourceTextOf(compiler, source, filename, "symtable() arg 1 must be a string or bytes");
  if (text === EXC) return EXC;
  const options = { filename, mode: mode as "exec", flags: 0, featureVersion: -1, optimize: 0, warn: warnSyntax };
  const table = guarded(() => {
    const tree: Mod = compiler.parse(text, options);
    return symtableOf(tree, filename);
  });
  return table === EXC ? EXC : new PySymtableEntry(table.top);
}

export const _symtableModule = newModule("_symtable", {
  doc: null,
  functions: () => ({
    symtable: fn(
      "($module, source, filename, startstr, /)",
      symtable,
      "Return symbol and scope dictionaries used internally by compiler.",
    ),
  }),
  attributes: () => ({
    USE: scopes.USE,
    DEF_GLOBAL: scopes.DEF_GLOBAL,
    DEF_NONLOCAL: scopes.DEF_NONLOCAL,
    DEF_LOCAL: scopes.DEF_LOCAL,
    DEF_PARAM: scopes.DEF_PARAM,
    DEF_TYPE_PARAM: scopes.DEF_TYPE_PARAM,
    DEF_FREE_CLASS: scopes.DEF_FREE_CLASS,
    DEF_IMPORT: scopes.DEF_IMPORT,
    DEF_BOUND: scopes.DEF_BOUND,
    DEF_ANNOT: scopes.DEF_ANNOT,
    DEF_COMP_ITER: scopes.DEF_COMP_ITER,
    DEF_COMP_CELL: scopes.DEF_COMP_CELL,
    SCOPE_OFF: scopes.SCOPE_OFFSET,
    SCOPE_MASK: scopes.SCOPE_MASK,
    LOCAL: scopes.LOCAL,
    GLOBAL_EXPLICIT: scopes.GLOBAL_EXPLICIT,
    GLOBAL_IMPLICIT: scopes.GLOBAL_IMPLICIT,
    FREE: scopes.FREE,
    CELL: scopes.CELL,
    TYPE_FUNCTION: scopes.FUNCTION_BLOCK,
    TYPE_CLASS: scopes.CLASS_BLOCK,
    TYPE_MODULE: scopes.MODULE_BLOCK,
    TYPE_ANNOTATION: scopes.ANNOTATION_BLOCK,
    TYPE_TYPE_ALIAS: scopes.TYPE_ALIAS_BLOCK,
    TYPE_TYPE_PARAMETERS: scopes.TYPE_PARAMETERS_BLOCK,
    TYPE_TYPE_VARIABLE: scopes.TYPE_VARIABLE_BLOCK,
  }),
});
