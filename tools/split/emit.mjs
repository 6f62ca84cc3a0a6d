/**
 * The text of a bundle's parts, once it is decided which piece lies where.
 *
 * Parts see each other's names through one array, `$names`: a part puts its own there, and every part has variables of
 * its own for those of others, so that a name costs what it costs in one bundle. The first part has the doors,
 * functions that load the other parts with `$load(name)`, which the launcher gives it; the value is the part's
 * function, with the parameters `parametersOf(parts)`.
 */

/** The parameters of all parts but the first, which has `require` from the launcher. */
export function parametersOf(parts) {
  return ["require", "$names", "$takers", "$mirrors", "$taken", ...doorsOf(parts)].join(",");
}
const doorsOf = (parts) => parts.slice(1).map(({ name }) => `$${name}`);

export function emit(pieces, owner, parts, mirrored) {
  const partOf = (name) => owner.get(name).part;
  /** For each part the names of others that it uses. */
  const foreign = parts.map(() => new Set());
  for (const { part, references } of pieces) {
    for (const { name } of references) if (partOf(name) !== part) foreign[part].add(name);
  }
  const numbers = new Map([...new Set(foreign.flatMap((names) => [...names]))].map((name, i) => [name, i]));
  const world = { parts, partOf, mirrored, foreign, slot: (name) => `$names[${numbers.get(name)}]`, numbers };
  return parts.map(({ name }, index) => {
    const own = pieces.filter(({ part }) => part === index);
    return { name, text: index === 0 ? firstPart(own, world) : laterPart(own, index, world) };
  });
}

const take = (names, { slot }) => names.map((name) => `${name}=${slot(name)}`).join(";");
/** `taken`: the names that are used by those who take. */
const give = (pieces, { slot, numbers }, taken = numbers) =>
  pieces
    .flatMap(({ names }) => names)
    .filter((name) => taken.has(name))
    .map((name) => `${slot(name)}=${name}`)
    .join(";");

const isFunction = ({ kind }) => kind === "function";
const declaration = (piece, text) => (piece.node.type === "VariableDeclarator" ? `var ${text};` : text);

/**
 * What is last runs the program: by then all names are there. A part that was needed earlier gets the names that have
 * come since.
 */
function firstPart(pieces, world) {
  const others = pieces.filter((piece) => !isFunction(piece));
  const text = (piece) => declaration(piece, rewrite(piece, 0, world));
  return [
    doors(pieces, world),
    takers(0, world),
    ...pieces.filter(isFunction).map(text),
    ...others.slice(0, -1).map(text),
    "if($open.length>0){for(const part in $open)$gives[part]();$taken(0)}",
    ...others.slice(-1).map(text),
  ].join("\n");
}

function doors(pieces, world) {
  const { parts, mirrored, foreign, slot } = world;
  // Each part is given what it uses: V8 compiles such a function when it is first called.
  const gives = parts.map((_, i) => (i === 0 ? "" : `()=>{${give(pieces, world, foreign[i])}}`)).join(",");
  const mirrors = [...mirrored].map((name) => `${name}:[(value)=>{${slot(name)}=value}]`).join(",");
  return `var $names=[],$takers=[${parts.map(() => "[]").join(",")}],$open=[],$gives=[${gives}],$mirrors={${mirrors}};
function $taken(part){for(const take of $takers[part])take()}
function $mirror(name,value){for(const set of $mirrors[name])set(value);return value}
function $enter(part,name){
if($open[part])return;
$open[part]=true;
$gives[part]();
$load(name)(${parametersOf(parts)});
$taken(part)}
${doorsOf(parts)
  .map((door, i) => `function ${door}(){$enter(${i + 1},"${parts[i + 1].name}")}`)
  .join("\n")}`;
}

/** Functions are given before the variables are made: what is called meanwhile may need them. */
function laterPart(pieces, index, world) {
  const { foreign, mirrored } = world;
  const functions = pieces.filter(isFunction);
  const others = pieces.filter((piece) => !isFunction(piece));
  const copies = [...mirrored].filter((name) => foreign[index].has(name));
  return [
    takers(index, world),
    ...copies.map((name) => `$mirrors.${name}.push((value)=>{${name}=value});`),
    ...functions.map((piece) => rewrite(piece, index, world)),
    `${give(functions, world)};$taken(${index});`,
    ...others.map((piece) => `${declaration(piece, rewrite(piece, index, world))}${give([piece], world)};`),
  ].join("\n");
}

/** The part's variables for names of others, and how they get their values once those are there. */
function takers(index, world) {
  const { foreign, parts, partOf } = world;
  const names = [...foreign[index]];
  const lines = [`var $take${names.map((name) => `,${name}`).join("")};`];
  for (const other of parts.keys()) {
    const theirs = names.filter((name) => partOf(name) === other);
    if (other === index) continue;
    lines.push(`$takers[${other}].push($take=()=>{${take(theirs, world)}});`);
    // When the first part runs no other is there.
    if (index > 0) lines.push("$take();");
  }
  return lines.join("\n");
}

/** The piece's text with the doors of other parts in it. */
function rewrite(piece, index, world) {
  const { parts, partOf, mirrored } = world;
  const edits = [];
  for (const { node, name, kind } of piece.references) {
    const part = partOf(name);
    if (part === index) continue;
    if (kind === "write") throw new Error(`split: ${name} is changed by another part`);
    if (part === 0) continue;
    const value = `(${name}||($${parts[part].name}(),${name}))`;
    edits.push({ start: node.start, end: node.end, text: kind === "shorthand" ? `${name}:${value}` : value });
  }
  for (const { node, name } of piece.references.filter((r) => r.kind === "write" && mirrored.has(r.name))) {
    edits.push(...mirrorWrite(assignmentOf(piece.node, node), name));
  }
  return edited(piece, edits);
}

/** `name = value` becomes `$mirror("name", name = value)`. */
function mirrorWrite(assignment, name) {
  return [
    { start: assignment.start, end: assignment.start, text: `$mirror("${name}",` },
    { start: assignment.end, end: assignment.end, text: ")" },
  ];
}
function assignmentOf(root, target) {
  let found = null;
  const visit = (node) => {
    if (node.type === "AssignmentExpression" && node.left === target) found = node;
    for (const key in node) {
      for (const child of [node[key]].flat())
        if (typeof child?.type === "string" && !/Comments$/.test(key)) visit(child);
    }
  };
  visit(root);
  if (found === null) throw new Error(`split: ${target.name} is mirrored and not changed by a plain assignment`);
  return found;
}

function edited({ node, text }, edits) {
  let out = "";
  let at = 0;
  for (const edit of edits.sort((a, b) => a.start - b.start)) {
    out += text.slice(at, edit.start - node.start) + edit.text;
    at = edit.end - node.start;
  }
  return out + text.slice(at);
}
