/** Python's `ast` objects as syntax trees, with the checks of types that CPython makes on the way. */
import { EXC, type Exc, type PyObject, type Value, isSubtype } from "../../objects/core.ts";
import { raise, typeError, valueError } from "../../objects/errors.ts";
import { recursionErrorType, typeErrorType, valueErrorType } from "../../objects/exceptions/types.ts";
import type { PyFloat } from "../../objects/float.ts";
import { PyList } from "../../objects/list.ts";
import { concat } from "../../objects/message.ts";
import { asInt32 } from "../../objects/protocol/convert.ts";
import { isInstance, lookupAttr, repr } from "../../objects/protocol/object.ts";
import { Ellipsis } from "../../objects/singletons.ts";
import { AstralStr, strToJs } from "../../objects/str/astral.ts";
import type { PyTuple } from "../../objects/tuple.ts";
import { PyBytes } from "../../objects/bytes.ts";
import type { PyComplex } from "../../objects/complex.ts";
import type { PySet } from "../../objects/set.ts";
import {
  boolType,
  bytesType,
  complexType,
  floatType,
  frozensetType,
  intType,
  strType,
  tupleType,
  typeOf,
} from "../../objects/types.ts";
import { intValue } from "../../objects/values.ts";
import type { CodeConst } from "../../compiler/code.ts";
import type { Mod } from "../../syntax/ast.ts";
import { type Field, RULES, type Rule, isSingletonRule } from "./asdl.ts";
import { type NodeClasses, astType, nodeClasses } from "./classes.ts";
import { ownName } from "./to-python.ts";

type AnyNode = Record<string, unknown> & { kind: string };

/* @__NO_SIDE_EFFECTS__ */
function byName(rules: readonly Rule[]): ReadonlyMap<string, Rule> {
  return new Map(rules.map((rule) => [rule.name, rule]));
}
const RULE_BY_NAME = byName(RULES);
const MODES: Record<string, string> = {
  exec: "Module",
  eval: "Expression",
  single: "Interactive",
  func_type: "FunctionType",
};
const MAX_DEPTH = 2000;

/** TypeError unless `node` is the module node of `mode`. */
export function checkMode(node: Value, mode: string): null | Exc {
  const wanted = MODES[mode];
  const isWanted = isInstance(node, nodeClasses().byName.get(wanted) as Value);
  if (isWanted === EXC) return EXC;
  return isWanted ? null : typeError(`expected ${wanted} node, got ${typeOf(node).name}`);
}
/** The tree of a module node for `mode`. */
export function fromPython(node: Value, mode: string): Mod | Exc {
  if (checkMode(node, mode) === EXC) return EXC;
  return new Reader(nodeClasses()).node("mod", node) as Mod | Exc;
}
export function isAstNode(value: Value): boolean {
  return isSubtype(typeOf(value), astType);
}

class Reader {
  private depth = 0;
  constructor(private readonly classes: NodeClasses) {}

  /** The node `value` where one of `ruleName` is expected. */
  node(ruleName: string, value: Value): AnyNode | string | null | Exc {
    const rule = RULE_BY_NAME.get(ruleName) as Rule;
    if (value === null) return null;
    if (++this.depth > MAX_DEPTH) {
      return raise(recursionErrorType, "maximum recursion depth exceeded during ast construction");
    }
    const result = this.nodeOf(rule, value);
    this.depth--;
    return result;
  }

  private nodeOf(rule: Rule, value: Value): AnyNode | string | Exc {
    const result: AnyNode = { kind: "" };
    if (rule.positioned && this.position(rule, value as PyObject, result) === EXC) return EXC;
    for (const constructor of rule.constructors) {
      const matches = isInstance(value, this.classes.byName.get(constructor.name) as Value);
      if (matches === EXC) return EXC;
      if (!matches && !rule.isProduct) continue;
      if (isSingletonRule(rule)) return constructor.name;
      result.kind = constructor.name;
      for (const field of constructor.fields) {
        if (this.field(result, field, value as PyObject) === EXC) return EXC;
      }
      return result;
    }
    const text = repr(value);
    return text === EXC ? EXC : raise(typeErrorType, concat(`expected some sort of ${rule.name}, but got `, text));
  }

  private position(rule: Rule, value: PyObject, result: AnyNode): null | Exc {
    for (const [name, end] of [
      ["lineno", "end_lineno"],
      ["col_offset", "end_col_offset"],
    ]) {
      const start = this.integer(rule.name, name, value);
      if (start === EXC) return EXC;
      result[name] = start;
      const given = lookupAttr(value, end);
      if (given === EXC) return EXC;
      if ((given === undefined || given === null) && rule.optionalEnd) {
        result[end] = start;
        continue;
      }
      const stop = this.integer(rule.name, end, value);
      if (stop === EXC) return EXC;
      result[end] = stop;
    }
    return null;
  }
  private integer(owner: string, name: string, node: PyObject): number | Exc {
    const value = lookupAttr(node, name);
    if (value === EXC) return EXC;
    if (value === undefined) return typeError(`required field "${name}" missing from ${owner}`);
    return this.int(value);
  }
  private int(value: Value): number | Exc {
    if (intValue(value) === undefined) {
      const text = repr(value);
      return text === EXC ? EXC : raise(valueErrorType, concat("invalid integer value: ", text));
    }
    return asInt32(value);
  }

  private field(result: AnyNode, field: Field, node: PyObject): null | Exc {
    const value = lookupAttr(node, field.name);
    if (value === EXC) return EXC;
    const to = ownName(result.kind, field.name);
    if (field.multiplicity === "many" || field.multiplicity === "holes") {
      const items = this.list(result.kind, field, value);
      if (items === EXC) return EXC;
      result[to] = items;
      return null;
    }
    if (value === undefined || (value === null && field.type !== "constant")) {
      return this.absent(result, field, to, value);
    }
    const one = this.one(field.type, value);
    if (one === EXC) return EXC;
    result[to] = one;
    return null;
  }
  private absent(result: AnyNode, field: Field, to: string, value: Value | undefined): null | Exc {
    if (field.multiplicity === "optional") {
      result[to] = field.type === "int" ? 0 : null;
      return null;
    }
    if (value === undefined) {
      // A context that nobody gave is Load.
      if (field.type === "expr_context") {
        result[to] = "Load";
        return null;
      }
      return typeError(`required field "${field.name}" missing from ${result.kind}`);
    }
    return valueError(`field '${field.name}' is required for ${result.kind}`);
  }
  private list(owner: string, field: Field, value: Value | undefined): unknown[] | Exc {
    if (value === undefined) return [];
    if (!(value instanceof PyList)) {
      return typeError(`${owner} field "${field.name}" must be a list, not a ${typeOf(value).name}`);
    }
    const size = value.items.length;
    const items: unknown[] = [];
    for (let i = 0; i < size; i++) {
      const one = this.one(field.type, value.items[i]);
      if (one === EXC) return EXC;
      items.push(one);
      if (value.items.length !== size) {
        return raise(typeErrorType, `${owner} field "${field.name}" changed size during iteration`);
      }
    }
    return items;
  }

  private one(type: string, value: Value): unknown | Exc {
    switch (type) {
      case "identifier":
        if (value === null) return null;
        return this.text(value, "identifier");
      case "string":
        if (value === null) return null;
        return this.text(value, "string");
      case "int":
        return this.int(value);
      case "constant":
        return constOf(value);
      default:
        return this.node(type, value);
    }
  }
  private text(value: Value, what: string): string | Exc {
    // Subclasses of str and bytes are refused: the compiler needs the exact type.
    if (typeof value === "string") return value;
    if (value instanceof AstralStr) return strToJs(value);
    if (what === "string" && value instanceof PyBytes) return value.latin1;
    return typeError(`AST ${what} must be of type str`);
  }
}

/** A constant's value for the compiler; TypeError for what can be none. */
export function constOf(value: Value): CodeConst | Exc {
  if (value === null) return { t: "none" };
  if (value === Ellipsis) return { t: "ellipsis" };
  switch (typeOf(value)) {
    case boolType:
      return { t: "bool", v: value as boolean };
    case intType:
      return { t: "int", v: value as number | bigint };
    case floatType:
      return { t: "float", v: (value as PyFloat).value };
    case complexType:
      return { t: "complex", re: (value as PyComplex).re, im: (value as PyComplex).im };
    case bytesType:
      return { t: "bytes", v: (value as PyBytes).latin1 };
    case strType:
      return typeof value === "string" ? { t: "str", v: value } : { t: "astral", v: [...(value as AstralStr).points] };
    case tupleType:
      return constItems("tuple", (value as PyTuple).items);
    case frozensetType:
      return constItems("frozenset", (value as PySet).values());
    default:
      return typeError(`got an invalid type in Constant: ${typeOf(value).name}`);
  }
}
function constItems(t: "tuple" | "frozenset", items: Value[]): CodeConst | Exc {
  const consts: CodeConst[] = [];
  for (const item of items) {
    const c = constOf(item);
    if (c === EXC) return EXC;
    consts.push(c);
  }
  return { t, v: consts };
}
