/**
 * Checks the directions of imports between folders (types included), that Node's modules stay in their places, that
 * the product imports no test, and that no imports go in a circle across folders.
 *
 * Own code, because the usual tools read TypeScript through the compiler's JavaScript interface, which TypeScript 7
 * no longer has.
 */
import { readdirSync, readFileSync } from "node:fs";
import { builtinModules } from "node:module";
import { dirname, join, normalize } from "node:path";
import { ALLOWED, NODE_ALLOWED, folderOf } from "./dependency-rules.mjs";

const ROOTS = ["src", "apps", "tools", "test", "bench"];
const IMPORT =
  /(?:^|\n)\s*(?:import|export)\s+(type\s+)?(?:[\w*{}\s,$]+?\sfrom\s+)?["']([^"'\n]+)["']|\bimport\(\s*["']([^"'\n]+)["']\s*\)/g;

function sourceFiles(root) {
  let entries;
  try {
    entries = readdirSync(root, { recursive: true, withFileTypes: true });
  } catch {
    return [];
  }
  return entries
    .filter((entry) => entry.isFile() && /\.(ts|mjs)$/.test(entry.name))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .filter((file) => !file.includes("node_modules"));
}

const within = (path, folder) => path === folder || path.startsWith(`${folder}/`);

function longest(file, folders) {
  return folders.filter((folder) => within(file, folder)).sort((a, b) => b.length - a.length)[0];
}

/** `{to, typeOnly}` for each import of a file; `to` is a path of the repository or a package's name. */
function importsOf(file) {
  const found = [];
  for (const [, type, plain, dynamic] of readFileSync(file, "utf8").matchAll(IMPORT)) {
    const target = plain ?? dynamic;
    const to = target.startsWith(".") ? normalize(join(dirname(file), target)) : target;
    found.push({ to, typeOnly: type !== undefined || dynamic !== undefined, relative: target.startsWith(".") });
  }
  return found;
}

function directionProblem(file, to) {
  if (/\.test\.ts$/.test(file)) return null;
  if (/\.test\.ts$/.test(to)) return `imports a test: ${to}`;
  const folder = longest(file, Object.keys(ALLOWED));
  if (folder === undefined) return null;
  if (within(to, folder) || ALLOWED[folder].some((allowed) => within(to, allowed))) return null;
  return `${folder} may not import ${to}`;
}

function nodeProblem(file, to) {
  const isNode = to.startsWith("node:") || builtinModules.includes(to);
  if (!isNode || /\.test\.ts$/.test(file) || NODE_ALLOWED.some((folder) => within(file, folder))) return null;
  return `${to} may be imported only in ${NODE_ALLOWED.join(", ")}`;
}

/** Circles of imports that exist at run time and cross folders. */
function cycles(graph) {
  const state = new Map();
  const stack = [];
  const problems = [];
  const visit = (file) => {
    state.set(file, 1);
    stack.push(file);
    for (const to of graph.get(file) ?? []) {
      if (state.get(to) === 1) report(stack.slice(stack.indexOf(to)));
      else if (!state.has(to)) visit(to);
    }
    stack.pop();
    state.set(file, 2);
  };
  const report = (circle) => {
    if (circle.every((file) => folderOf(file) === folderOf(circle[0]))) return;
    problems.push(`imports go in a circle: ${[...circle, circle[0]].join(" → ")}`);
  };
  for (const file of graph.keys()) if (!state.has(file)) visit(file);
  return problems;
}

const problems = [];
const graph = new Map();
const files = ROOTS.flatMap(sourceFiles);
for (const file of files) {
  const runtime = [];
  for (const { to, typeOnly, relative } of importsOf(file)) {
    const problem = relative ? directionProblem(file, to) : nodeProblem(file, to);
    if (problem !== null) problems.push(`${file}: ${problem}`);
    if (relative && !typeOnly) runtime.push(to);
  }
  graph.set(file, runtime);
}
problems.push(...cycles(graph));
for (const problem of problems) console.error(problem);
console.log(`${files.length} files, ${problems.length} problems with the direction of imports`);
process.exitCode = problems.length === 0 ? 0 : 1;
