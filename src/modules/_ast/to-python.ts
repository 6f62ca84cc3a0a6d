/** Syntax trees as Python objects. */
import { valueOfConst } from "../../objects/constants.ts";
import type { PyType, Value } from "../../objects/core.ts";
import { type PyInstance, newInstance } from "../../objects/instance.ts";
import { newList } from "../../objects/list.ts";
import { strFromJs } from "../../objects/str/astral.ts";
import type { Const, Node } from "../../syntax/ast.ts";
import { type Constructor, type Field, POSITION, RULES, type Rule } from "./asdl.ts";
import { type NodeClasses, nodeClasses } from "./classes.ts";

type AnyNode = Record<string, unknown> & { kind: string };

interface Shape {
  rule: Rule;
  constructor: Constructor;
}
/* @__NO_SIDE_EFFECTS__ */
function shapesOf(rules: readonly Rule[]): ReadonlyMap<string, Shape> {
  return new Map(
    rules.flatMap((rule) => rule.constructors.map((constructor) => [constructor.name, { rule, constructor }] as const)),
  );
}
export const SHAPES = shapesOf(RULES);

/** Where a field's name in our trees is another than in the grammar. */
export function ownName(kind: string, field: string): string {
  return kind === "Constant" && field === "kind" ? "u" : field;
}

export function toPython(tree: Node): Value {
  return new Converter(nodeClasses()).node(tree as unknown as AnyNode);
}

class Converter {
  constructor(private readonly classes: NodeClasses) {}

  node(tree: AnyNode): PyInstance {
    const { rule, constructor } = SHAPES.get(tree.kind) as Shape;
    const made = newInstance(this.classes.byName.get(tree.kind) as PyType);
    for (const field of constructor.fields) {
      made.setOwn(field.name, this.field(field, tree[ownName(tree.kind, field.name)]));
    }
    if (rule.positioned) for (const name of POSITION) made.setOwn(name, tree[name] as number);
    return made;
  }
  private field(field: Field, value: unknown): Value {
    if (Array.isArray(value)) return newList(value.map((item) => this.one(field.type, item)));
    return this.one(field.type, value);
  }
  private one(type: string, value: unknown): Value {
    if (value === null || value === undefined) return null;
    switch (type) {
      case "identifier":
      case "string":
        return strFromJs(value as string);
      case "int":
        return value as number;
      case "constant":
        return valueOfConst(value as Const);
      default:
        return typeof value === "string" ? (this.classes.singletons.get(value) as Value) : this.node(value as AnyNode);
    }
  }
}
