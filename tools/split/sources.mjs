/**
 * Where the bundle's functions come from: for each part's file the source file of each of its outermost pieces, by
 * position. The Lab's profiles need it, since V8 tells a function's place in the file that was run.
 */
import { parse } from "@babel/parser";
import { declaredBy } from "./references.mjs";

/** What the bundler writes before each module. */
const MODULE = /^\/\/ ((?:src|apps)\/\S+)$/;

/** `name → source file` of what the bundle declares in its outermost scope. */
export function sourcesByName(bundle) {
  const starts = moduleStarts(bundle);
  const sources = new Map();
  for (const node of parse(bundle, { sourceType: "script" }).program.body) {
    const file = fileAt(starts, node.loc.start.line - 1);
    for (const name of namesOf(node)) sources.set(name, file);
  }
  return sources;
}

/** The whole bundle's pieces are its modules: `[line, column, file]`, lines and columns from 0. */
export function wholePlaces(bundle) {
  return moduleStarts(bundle).map(([line, file]) => [line, 0, file]);
}

/** The pieces of a part, whose text is one function. */
export function partPlaces(code, sources) {
  const [statement] = parse(code, { sourceType: "script" }).program.body;
  const places = [];
  for (const node of statement.expression.body.body) {
    for (const { names, loc } of declarationsOf(node)) {
      const file = names.map((name) => sources.get(name)).find((found) => found !== undefined);
      places.push([loc.start.line - 1, loc.start.column, file ?? ""]);
    }
  }
  return places;
}

function moduleStarts(bundle) {
  return bundle.split("\n").flatMap((line, i) => {
    const file = MODULE.exec(line)?.[1];
    return file === undefined ? [] : [[i, file]];
  });
}
function fileAt(starts, line) {
  let file = "";
  for (const [start, name] of starts) {
    if (start > line) break;
    file = name;
  }
  return file;
}
function declarationsOf(node) {
  if (node.type !== "VariableDeclaration") return [{ names: namesOf(node), loc: node.loc }];
  return node.declarations.map(({ id, loc }) => ({ names: declaredBy(id), loc }));
}
function namesOf(node) {
  if (node.type === "FunctionDeclaration") return [node.id.name];
  return node.type === "VariableDeclaration" ? node.declarations.flatMap(({ id }) => declaredBy(id)) : [];
}
