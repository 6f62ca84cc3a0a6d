/**
 * Cuts a bundle into parts: what a start needs, and parts that are loaded when something in them is first needed. What
 * belongs where is decided by what runs: a part stands for programs, and holds what they execute and the programs of
 * the parts before it do not; the last part holds what none executes.
 *
 * The pieces that are moved are declarations of the bundle's outermost scope: functions, and variables whose
 * initialisers have no side effects. All else stays in the first part and runs at the start, in its order. Where a
 * part names something of a part that may not be there yet, `name` becomes `(name||($part(),name))`; see emit.mjs.
 */
import { parse } from "@babel/parser";
import { emit } from "./emit.mjs";
import { harmlessFunctions, isPure } from "./purity.mjs";
import { declaredBy, references } from "./references.mjs";

/** One declaration, or one statement, of the outermost scope. */
class Piece {
  /** `kind`: "function"; "value", a variable that may be made later; "effect", all else. */
  constructor(node, text, names, kind) {
    this.node = node;
    this.text = text;
    this.names = names;
    this.kind = kind;
    this.references = [];
    /** Pieces that must lie in the same part, this one included. */
    this.group = new Set([this]);
    /** The part's number. */
    this.part = null;
  }
}

/**
 * `parts`: `{ name, ran }` each, `ran(position)` telling whether the part's programs execute that place of the text;
 * the last part has no `ran`. `mirrored`: variables that change and of which each part has a copy. `hot`: functions, by
 * name, that find all they refer to in the first part, for every check costs them. Gives the parts'
 * texts, the bodies of functions with the parameters that emit.mjs tells.
 */
export function split(source, parts, mirrored = new Set(), hot = () => false) {
  const { program } = parse(source, { sourceType: "script" });
  const pieces = piecesOf(program.body, source);
  const owner = new Map(pieces.flatMap((piece) => piece.names.map((name) => [name, piece])));
  for (const piece of pieces) {
    const root = piece.node.type === "VariableDeclarator" ? piece.node.init : piece.node;
    if (root !== null) references(root, owner, (reference) => piece.references.push(reference));
  }
  keepVariablesTogether(pieces, owner, mirrored);
  assign(pieces, owner, parts, hot);
  return emit(pieces, owner, parts, mirrored);
}

function piecesOf(body, source) {
  const pieces = [];
  const harmless = harmlessFunctions(body);
  const isPlain = (id) => id.type === "Identifier";
  const isList = (id) =>
    id.type === "ArrayPattern" && id.elements.every((element) => element !== null && isPlain(element));
  const isValue = ({ id, init }) => (isPlain(id) || isList(id)) && (init === null || isPure(init, harmless));
  const add = (node, names, kind) => pieces.push(new Piece(node, source.slice(node.start, node.end), names, kind));
  for (const node of body) {
    if (node.type === "FunctionDeclaration") add(node, [node.id.name], "function");
    else if (node.type === "VariableDeclaration" && node.kind === "var") {
      for (const d of node.declarations) add(d, declaredBy(d.id), isValue(d) ? "value" : "effect");
    } else if (node.type === "VariableDeclaration" || node.type === "ClassDeclaration") {
      throw new Error(`split: a declaration by ${node.kind ?? "class"} in the outermost scope`);
    } else add(node, [], "effect");
  }
  return pieces;
}

/**
 * A variable that changes must lie in the part of those who use it; of `mirrored` ones parts have copies instead, and
 * whoever changes the variable tells them.
 */
function keepVariablesTogether(pieces, owner, mirrored) {
  const users = new Map();
  const written = new Set();
  for (const piece of pieces) {
    for (const { name, kind } of piece.references) {
      if (kind === "write") written.add(name);
      if (kind === "write" || !mirrored.has(name)) users.set(name, (users.get(name) ?? new Set()).add(piece));
    }
  }
  for (const name of written) {
    const group = new Set([owner.get(name), ...users.get(name)].flatMap((piece) => [...piece.group]));
    for (const piece of group) piece.group = group;
  }
}

function assign(pieces, owner, parts, hot) {
  let waiting = [];
  const put = (piece, part) => {
    for (const member of piece.group) {
      if (member.part !== null) continue;
      member.part = part;
      waiting.push(member);
    }
  };
  for (const piece of pieces) if (piece.kind === "effect" || isConstant(piece)) put(piece, 0);
  for (const [part, { ran }] of parts.entries()) {
    if (ran === undefined) for (const piece of pieces) put(piece, part);
    else waiting = pieces.filter((piece) => piece.part !== null);
    while (waiting.length > 0) {
      const piece = waiting.pop();
      for (const { name, node, inFunction } of piece.references) {
        // What the making of a part's own variables refers to must be there by then.
        const isNeeded = !inFunction && piece.kind === "value" && piece.part === part;
        const isHot = part === 0 && piece.kind === "function" && hot(piece.names[0]);
        if (isNeeded || isHot || ran?.(node.start)) put(owner.get(name), part);
      }
    }
  }
}

/** A primitive value that never changes: it costs nothing, and it may be one that JavaScript takes for false. */
function isConstant({ kind, node, group }) {
  return kind === "value" && group.size === 1 && /^(String|Numeric|Boolean|Null|BigInt)Literal$/.test(node.init?.type);
}
