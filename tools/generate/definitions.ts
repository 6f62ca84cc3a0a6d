/** Reads the operations: the shape of each definition, its text, and the imports its text needs. */
import { parse } from "@babel/parser";
import type { ArrowFunctionExpression, CallExpression, Expression, Node } from "@babel/types";

export interface Part {
  kind: "guard" | "operation";
  name: string;
  effect: string;
  inputs: { name: string; type: string }[];
  /** "Value", "Result", "Status" or "void"; "" for guards. */
  result: string;
  body: ArrowFunctionExpression;
  source: string;
}
export interface InstructionDef {
  name: string;
  file: string;
  doc: string;
  family: string | null;
  parts: Part[];
  /** Body of a control instruction, else null. */
  control: { body: ArrowFunctionExpression; source: string } | null;
}
export interface Definitions {
  instructions: InstructionDef[];
  /** Module → names imported from it (types are marked). */
  imports: Map<string, Map<string, boolean>>;
}

interface SourceFile {
  name: string;
  text: string;
}

export function readDefinitions(files: SourceFile[]): Definitions {
  const parts = new Map<string, Part>();
  const instructions: InstructionDef[] = [];
  const imports = new Map<string, Map<string, boolean>>();
  const programs = files.map((file) => ({
    file,
    program: parse(file.text, { sourceType: "module", plugins: ["typescript"] }).program,
  }));
  for (const { file, program } of programs) {
    for (const node of program.body) {
      if (node.type === "ImportDeclaration") readImport(node, imports);
      else if (node.type === "ExportNamedDeclaration")
        eachConst(node, (name, init) => readPart(name, init, file, parts));
    }
  }
  for (const { file, program } of programs) {
    for (const node of program.body) {
      if (node.type !== "ExportNamedDeclaration") continue;
      const doc = docOf(node);
      eachConst(node, (name, init) => {
        const def = readInstruction(name, init, file, doc, parts);
        if (def !== null) instructions.push(def);
      });
    }
  }
  return { instructions, imports };
}

function eachConst(
  node: Extract<Node, { type: "ExportNamedDeclaration" }>,
  visit: (name: string, init: CallExpression) => void,
): void {
  if (node.declaration?.type !== "VariableDeclaration") return;
  for (const d of node.declaration.declarations) {
    if (d.id.type === "Identifier" && d.init?.type === "CallExpression") visit(d.id.name, d.init);
  }
}
function docOf(node: Node): string {
  const comment = node.leadingComments?.at(-1);
  if (comment === undefined || comment.type !== "CommentBlock" || !comment.value.startsWith("*")) return "";
  return comment.value
    .replace(/^\*\s*/, "")
    .replace(/\n\s*\*\s?/g, " ")
    .trim();
}
function calleeName(call: CallExpression): string {
  return call.callee.type === "Identifier" ? call.callee.name : "";
}
function arrow(e: Node | undefined, name: string): ArrowFunctionExpression {
  if (e?.type !== "ArrowFunctionExpression") throw new Error(`${name}: expected an arrow function`);
  return e;
}
function typeText(annotation: Node | null | undefined, text: string): string {
  if (annotation?.type !== "TSTypeAnnotation") return "";
  const type = annotation.typeAnnotation;
  return text.slice(type.start as number, type.end as number);
}

function readPart(name: string, call: CallExpression, file: SourceFile, parts: Map<string, Part>): void {
  const kind = calleeName(call);
  if (kind !== "guard" && kind !== "operation") return;
  parts.set(name, partOf(name, call, file));
}
function partOf(name: string, call: CallExpression, file: SourceFile): Part {
  const kind = calleeName(call) as "guard" | "operation";
  const body = arrow(call.arguments[kind === "guard" ? 0 : 1], name);
  const first = call.arguments[0];
  const effect = kind === "operation" && first.type === "StringLiteral" ? first.value : "guard";
  const inputs = body.params.map((p) => {
    if (p.type !== "Identifier") throw new Error(`${name}: a parameter must be a plain name`);
    return { name: p.name, type: typeText(p.typeAnnotation, file.text) };
  });
  const result = typeText(body.returnType, file.text);
  if (kind === "operation" && !["Value", "Result", "Status", "void"].includes(result)) {
    throw new Error(`${name}: an operation's result is Value, Result, Status or void, not '${result}'`);
  }
  return { kind, name, effect, inputs, result, body, source: file.text };
}

function readInstruction(
  name: string,
  call: CallExpression,
  file: SourceFile,
  doc: string,
  parts: Map<string, Part>,
): InstructionDef | null {
  const kind = calleeName(call);
  const isSpecialized = kind === "specialized" || kind === "specializedControl";
  if (!isSpecialized && kind !== "instruction" && kind !== "control") return null;
  let family: string | null = null;
  let args = call.arguments as Expression[];
  if (isSpecialized) {
    const first = args[0];
    if (first.type !== "StringLiteral") throw new Error(`${name}: the family must be a string`);
    family = first.value;
    args = args.slice(1);
  }
  const def: InstructionDef = { name, file: file.name, doc, family, parts: [], control: null };
  if (kind === "control" || kind === "specializedControl") {
    def.control = { body: arrow(args[0], name), source: file.text };
    return def;
  }
  for (const arg of args) {
    if (arg.type === "Identifier") {
      const part = parts.get(arg.name);
      if (part === undefined) throw new Error(`${name}: no guard or operation '${arg.name}'`);
      def.parts.push(part);
    } else if (arg.type === "CallExpression") {
      def.parts.push(partOf(name, arg, file));
    } else throw new Error(`${name}: unexpected part`);
  }
  checkParts(def);
  return def;
}

/** Guards come first: an operation that has written or called cannot be left in its middle. */
function checkParts(def: InstructionDef): void {
  const last = def.parts.at(-1);
  if (last?.kind !== "operation") throw new Error(`${def.name}: the last part must be an operation`);
  for (const part of def.parts.slice(0, -1)) {
    if (part.kind !== "guard") throw new Error(`${def.name}: ${part.name} must be a guard`);
    for (const input of part.inputs) {
      if (!last.inputs.some((i) => i.name === input.name)) {
        throw new Error(`${def.name}: ${part.name} tests '${input.name}', which ${last.name} does not take`);
      }
    }
  }
  const text = last.source.slice(last.body.start as number, last.body.end as number);
  if (text.includes("exitUnless(")) throw new Error(`${def.name}: an operation cannot exit; use a guard`);
}

function readImport(
  node: Extract<Node, { type: "ImportDeclaration" }>,
  imports: Map<string, Map<string, boolean>>,
): void {
  const from = node.source.value;
  // The language, and other operations, leave no trace in generated code.
  if (from.startsWith("./")) return;
  let names = imports.get(from);
  if (names === undefined) {
    names = new Map();
    imports.set(from, names);
  }
  for (const spec of node.specifiers) {
    if (spec.type !== "ImportSpecifier") continue;
    const isType = node.importKind === "type" || spec.importKind === "type";
    const imported = spec.imported.type === "Identifier" ? spec.imported.name : spec.imported.value;
    const text = imported === spec.local.name ? imported : `${imported} as ${spec.local.name}`;
    names.set(text, isType && (names.get(text) ?? true));
  }
}
