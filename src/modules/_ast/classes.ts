/** The node classes of one interpreter: Python classes made of the grammar, since programs may change them. */
import {
  BASETYPE,
  EXC,
  type Exc,
  HAS_DICT,
  IMMUTABLETYPE,
  type PyType,
  type Value,
  objectType,
  typeType,
} from "../../objects/core.ts";
import { newType } from "../../objects/define.ts";
import { type PyDict, newDict } from "../../objects/dict.ts";
import { ok } from "../../objects/errors.ts";
import { objectNew } from "../../objects/object.ts";
import { newGenericAlias } from "../../objects/generic-alias.ts";
import { type PyInstance, newInstance } from "../../objects/instance.ts";
import { rt } from "../../objects/runtime.ts";
import { emptyTuple, newTuple } from "../../objects/tuple.ts";
import { dictGetSet } from "../../objects/type/instance-dict.ts";
import { newClass } from "../../objects/type/type-new.ts";
import { intType, listType, noneType, strType } from "../../objects/types.ts";
import { unionOf } from "../../objects/union.ts";
import { type Constructor, type Field, POSITION, RULES, type Rule, isSingletonRule } from "./asdl.ts";
import { astInit, astMethods, astRepr } from "./node.ts";

/** `ast.AST`. */
export const astType = newType("AST", {
  module: "ast",
  doc: null,
  flags: BASETYPE | HAS_DICT,
  slots: { tp_new: objectNew, tp_init: astInit, tp_repr: astRepr },
  methods: astMethods,
  getset: () => ({ __dict__: dictGetSet }),
  attributes: () => ({ _fields: emptyTuple, _attributes: emptyTuple, __match_args__: emptyTuple }),
});
astType.flags &= ~IMMUTABLETYPE;

export interface NodeClasses {
  /** By name: sums, products and constructors. */
  readonly byName: ReadonlyMap<string, PyType>;
  /** The one object of each constructor without fields, for trees we make. */
  readonly singletons: ReadonlyMap<string, PyInstance>;
}

const STATE = {};
export const nodeClasses = (): NodeClasses => rt.state<NodeClasses>(STATE, makeClasses);

function makeClasses(): NodeClasses {
  const byName = new Map<string, PyType>([["AST", astType]]);
  const singletons = new Map<string, PyInstance>();
  for (const rule of RULES) {
    if (!rule.isProduct) byName.set(rule.name, makeSum(rule));
    for (const constructor of rule.constructors) {
      const base = rule.isProduct ? astType : (byName.get(rule.name) as PyType);
      const cls = makeConstructor(rule, constructor, base);
      byName.set(constructor.name, cls);
      if (isSingletonRule(rule)) singletons.set(constructor.name, newInstance(cls));
    }
  }
  for (const rule of RULES) {
    for (const constructor of rule.constructors) addFieldTypes(byName, constructor);
  }
  return { byName, singletons };
}

function namespaceOf(doc: string, fields: readonly Field[]): PyDict {
  const names = newTuple(fields.map((field) => field.name));
  const namespace = newDict();
  namespace.setStr("_fields", names);
  namespace.setStr("__match_args__", names);
  namespace.setStr("__module__", "ast");
  namespace.setStr("__doc__", doc);
  return namespace;
}
function addPosition(namespace: PyDict, rule: Rule): void {
  if (!rule.positioned) return;
  namespace.setStr("_attributes", newTuple([...POSITION]));
  if (!rule.optionalEnd) return;
  namespace.setStr("end_lineno", null);
  namespace.setStr("end_col_offset", null);
}
function makeSum(rule: Rule): PyType {
  const separator = `\n${" ".repeat(rule.name.length + 1)}| `;
  const inline = rule.constructors.every((constructor) => constructor.fields.length === 0);
  const texts = rule.constructors.map((constructor) => constructor.text).join(inline ? " | " : separator);
  const namespace = namespaceOf(`${rule.name} = ${texts}`, []);
  addPosition(namespace, rule);
  return make(rule.name, astType, namespace);
}
function makeConstructor(rule: Rule, constructor: Constructor, base: PyType): PyType {
  const namespace = namespaceOf(constructor.text, constructor.fields);
  for (const field of constructor.fields) if (field.multiplicity === "optional") namespace.setStr(field.name, null);
  if (rule.isProduct) addPosition(namespace, rule);
  return make(constructor.name, base, namespace);
}
function make(name: string, base: PyType, namespace: PyDict): PyType {
  return ok(newClass(typeType, name, [base], namespace, [], null)) as PyType;
}

const PRIMITIVES: Record<string, PyType> = { identifier: strType, string: strType, int: intType, constant: objectType };
function addFieldTypes(byName: ReadonlyMap<string, PyType>, constructor: Constructor): void {
  const types = newDict();
  for (const { name, type, multiplicity } of constructor.fields) {
    const one = PRIMITIVES[type] ?? (byName.get(type) as PyType);
    let value: Value | Exc = one;
    if (multiplicity === "many" || multiplicity === "holes") value = newGenericAlias(listType, one);
    else if (multiplicity === "optional") value = unionOf([one, noneType], false);
    types.setStr(name, value === EXC ? one : value);
  }
  const { dict } = byName.get(constructor.name) as PyType;
  dict?.setStr("_field_types", types);
  dict?.setStr("__annotations_cache__", types);
}
