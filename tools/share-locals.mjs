/**
 * A pass over the built interpreter: the variables that the cases of its switch declare become a few variables of the
 * whole function, used by turns.
 *
 * V8 gives each block-scoped variable a register of its own, 380 of them in this function. The frame is then 3 KB, and
 * TurboFan describes all registers at each of its thousand exits. The source keeps its narrow, typed constants.
 */
import { parse } from "@babel/parser";

/** The module with its largest function, a `switch` over cases that are blocks, rewritten. */
export function shareLocals(source) {
  const ast = parse(source, { sourceType: "module" });
  const loop = ast.program.body
    .map((node) => node.declaration ?? node)
    .filter((node) => node.type === "FunctionDeclaration")
    .reduce((a, b) => (b.end - b.start > a.end - a.start ? b : a));
  const edits = [];
  let most = 0;
  for (const node of caseBlocks(loop)) most = Math.max(most, renameCase(node, edits));
  const names = Array.from({ length: most }, (_, i) => `$${i}`);
  const inside = loop.body.start + 1;
  edits.push({ start: inside, end: inside, text: `let ${names.join(", ")};` });
  let out = "";
  let at = 0;
  for (const edit of edits.sort((a, b) => a.start - b.start || a.end - b.end)) {
    out += source.slice(at, edit.start) + edit.text;
    at = edit.end;
  }
  return out + source.slice(at);
}

function caseBlocks(root) {
  let largest = null;
  walk(root, (node) => {
    if (node.type === "SwitchStatement" && (largest === null || node.cases.length > largest.cases.length))
      largest = node;
  });
  return largest.cases.flatMap((c) => c.consequent);
}

/** Renames what is declared in one case; gives the number of variables it needs. */
function renameCase(root, edits) {
  let used = 0;
  const visit = (node, scope) => {
    if (node === null || typeof node !== "object") return;
    if (Array.isArray(node)) {
      for (const child of node) visit(child, scope);
      return;
    }
    if (typeof node.type !== "string") return;
    if (/Function/.test(node.type)) throw new Error("share-locals: a closure in a case");
    let inner = scope;
    const body =
      node.type === "BlockStatement"
        ? node.body
        : node.type === "ForStatement" && node.init?.type === "VariableDeclaration"
          ? [node.init]
          : node.type === "SwitchStatement"
            ? node.cases.flatMap((c) => c.consequent)
            : null;
    if (body !== null) {
      inner = new Map(scope);
      for (const statement of body) {
        if (statement.type !== "VariableDeclaration") continue;
        for (const d of statement.declarations) for (const id of names(d.id)) inner.set(id, `$${used++}`);
      }
    }
    if (node.type === "VariableDeclaration") {
      const parts = [];
      for (const d of node.declarations) {
        if (d.init === null) parts.push({ node: d, text: `${inner.get(d.id.name)}=void 0` });
      }
      const pattern = node.declarations.some((d) => d.id.type === "ObjectPattern");
      edits.push({ start: node.start, end: node.declarations[0].start, text: pattern ? "(" : "" });
      for (const { node: d, text } of parts) edits.push({ start: d.start, end: d.end, text });
      if (pattern) edits.push({ start: node.declarations.at(-1).end, end: node.declarations.at(-1).end, text: ")" });
      for (const d of node.declarations) {
        if (d.init === null) continue;
        visit(d.id, inner);
        visit(d.init, inner);
      }
      return;
    }
    if (node.type === "ObjectProperty" && node.shorthand) {
      const renamed = inner.get(node.key.name);
      if (renamed !== undefined) edits.push({ start: node.start, end: node.end, text: `${node.key.name}:${renamed}` });
      return;
    }
    if (node.type === "Identifier") {
      const renamed = inner.get(node.name);
      if (renamed !== undefined) edits.push({ start: node.start, end: node.end, text: renamed });
      return;
    }
    for (const [key, value] of Object.entries(node)) {
      if (key === "loc" || (key === "property" && !node.computed) || (key === "key" && !node.computed)) continue;
      if (key === "label") continue;
      visit(value, inner);
    }
  };
  visit(root, new Map());
  return used;
}

function names(pattern) {
  if (pattern.type === "Identifier") return [pattern.name];
  if (pattern.type === "ObjectPattern") return pattern.properties.flatMap((p) => names(p.value));
  throw new Error(`share-locals: ${pattern.type} in a declaration`);
}
function walk(node, visit) {
  if (node === null || typeof node !== "object") return;
  if (typeof node.type === "string") visit(node);
  for (const value of Object.values(node)) {
    if (Array.isArray(value)) for (const child of value) walk(child, visit);
    else if (value !== null && typeof value === "object" && typeof value.type === "string") walk(value, visit);
  }
}
