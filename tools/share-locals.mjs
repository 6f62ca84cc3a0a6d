/**
 * A pass over the built interpreter: the variables that the cases of its switch declare become a few variables of the
 * whole function, used by turns.
 *
 * V8 gives each block-scoped variable a register of its own, 380 of them in this function. The frame is then 3 KB, and
 * TurboFan describes all registers at each of its thousand exits. The source keeps its narrow, typed constants.
 *
 * V8 keeps one record of the hidden classes seen by all `x.p` of a function that have the same variable and the same
 * property, wherever they stand (`--ignition-share-named-property-feedback`). Two locals of different cases therefore
 * share a variable only where no property is read of both: `value.shape` of one case would make another's megamorphic.
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
  const shared = [];
  for (const node of caseBlocks(loop)) assign(renameCase(node, source, edits), shared);
  const names = shared.map((_, i) => `$${i}`);
  const inside = loop.body.start + 1;
  edits.push({ start: inside, end: inside, text: `let ${names.join(", ")};` });
  let out = "";
  let at = 0;
  for (const edit of edits.sort((a, b) => a.start - b.start || a.end - b.end)) {
    out +=
      source.slice(at, edit.start) +
      (edit.local === undefined ? edit.text : edit.before + edit.local.name + edit.after);
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

/** Gives each local of a case one of the `shared` variables, or a new one. */
function assign(locals, shared) {
  const taken = new Set();
  for (const local of locals) {
    let at = shared.findIndex((variable, i) => !taken.has(i) && agree(local, variable));
    if (at < 0) at = shared.push(new Map()) - 1;
    taken.add(at);
    local.name = `$${at}`;
    for (const property of local.properties) shared[at].set(property, local.origin);
  }
}

/** Whether what is read of a local is read of no other value that has this variable. */
function agree(local, variable) {
  for (const property of local.properties) {
    const origin = variable.get(property);
    if (origin !== undefined && (origin !== local.origin || isAnything(origin))) return false;
  }
  return true;
}

/** Whether an initial value says nothing of what it is: none, one of the operand stack, another local. */
const isAnything = (origin) => origin === null || origin.startsWith("s[") || /^\w+$/.test(origin);

/** Renames what is declared in one case, by edits that name its locals; gives these locals. */
function renameCase(root, source, edits) {
  const locals = [];
  const declare = (name, init) => {
    const local = { name, properties: new Set(), origin: init === null ? null : source.slice(init.start, init.end) };
    locals.push(local);
    return local;
  };
  const rename = (node, local, before = "", after = "") =>
    edits.push({ start: node.start, end: node.end, local, before, after });
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
        for (const d of statement.declarations) for (const id of names(d.id)) inner.set(id, declare(id, d.init));
      }
    }
    if (node.type === "VariableDeclaration") {
      const pattern = node.declarations.some((d) => d.id.type === "ObjectPattern");
      edits.push({ start: node.start, end: node.declarations[0].start, text: pattern ? "(" : "" });
      if (pattern) edits.push({ start: node.declarations.at(-1).end, end: node.declarations.at(-1).end, text: ")" });
      for (const d of node.declarations) {
        if (d.init === null) rename(d, inner.get(d.id.name), "", "=void 0");
        else {
          visit(d.id, inner);
          visit(d.init, inner);
        }
      }
      return;
    }
    if (node.type === "ObjectProperty" && node.shorthand) {
      const renamed = inner.get(node.key.name);
      if (renamed !== undefined) rename(node, renamed, `${node.key.name}:`);
      return;
    }
    if (node.type === "Identifier") {
      const renamed = inner.get(node.name);
      if (renamed !== undefined) rename(node, renamed);
      return;
    }
    if (node.type === "MemberExpression" && node.object.type === "Identifier" && !node.computed)
      inner.get(node.object.name)?.properties.add(node.property.name);
    for (const [key, value] of Object.entries(node)) {
      if (key === "loc" || (key === "property" && !node.computed) || (key === "key" && !node.computed)) continue;
      if (key === "label") continue;
      visit(value, inner);
    }
  };
  visit(root, new Map());
  return locals;
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
