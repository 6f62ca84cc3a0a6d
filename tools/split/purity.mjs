/** Has an expression no side effects, and does it matter little when it is evaluated? */

/** Constructors whose calls only make an object. */
const MAKERS = new Set([
  "Map",
  "Set",
  "WeakMap",
  "WeakSet",
  "Array",
  "TextDecoder",
  "TextEncoder",
  "RegExp",
  "DataView",
]);
/** Typed arrays and buffers. */
const isMaker = (name) => MAKERS.has(name) || /^(Big)?(Uint|Int|Float)\d+(Clamped)?Array$|^ArrayBuffer$/.test(name);

/** Functions that only make a value of what they are given, by the object they belong to. */
const CONVERTERS = { Object: ["entries", "fromEntries", "keys", "values"], Array: ["from"], Math: ["sqrt"] };
/** Methods that make a value, or change what nobody else has, when the array or string is a fresh one. */
const METHODS = new Set(["fill", "filter", "flatMap", "join", "map", "reverse", "slice", "sort", "split"]);

const hasComment = (node, text) => (node.leadingComments ?? []).some(({ value }) => value.trim() === text);

/** Is the call itself marked? */
const isMarked = (node) => hasComment(node, "@__PURE__");

/**
 * The functions of a program's outermost scope that are free of side effects: those that are declared so, and those
 * that do nothing but give the value of an expression without.
 */
export function harmlessFunctions(body) {
  const marked = body.filter((n) => n.type === "FunctionDeclaration" && hasComment(n, "@__NO_SIDE_EFFECTS__"));
  const harmless = new Set(marked.map((node) => node.id.name));
  const others = body.flatMap(expressionFunctions).filter(([name]) => !harmless.has(name));
  for (let before = -1; before !== harmless.size; ) {
    before = harmless.size;
    for (const [name, parameters, value] of others) {
      if (parameters.every((node) => isPureParameter(node, harmless)) && isPure(value, harmless)) harmless.add(name);
    }
  }
  return harmless;
}

/** `[name, parameters, value]` of functions that the statement declares and that are but an expression. */
function expressionFunctions(node) {
  if (node.type === "FunctionDeclaration") {
    const [only, ...more] = node.body.body;
    const isExpression = more.length === 0 && only?.type === "ReturnStatement" && only.argument !== null;
    return isExpression && !node.async && !node.generator ? [[node.id.name, node.params, only.argument]] : [];
  }
  if (node.type !== "VariableDeclaration") return [];
  return node.declarations
    .filter(({ init }) => init?.type === "ArrowFunctionExpression" && !init.async)
    .map(({ id, init }) => [id.name, init.params, init.body]);
}

const isPureParameter = (node, harmless) =>
  node.type === "Identifier" || (node.type === "AssignmentPattern" && isPure(node.right, harmless));

/** `harmless`: the names of functions without side effects. */
export function isPure(node, harmless) {
  const pure = (child) => isPure(child, harmless);
  const isHarmless = (name) => name === "Symbol" || name === "BigInt" || harmless.has(name);
  const all = (nodes) => nodes.every((child) => child === null || pure(child));
  switch (node.type) {
    case "NumericLiteral":
    case "StringLiteral":
    case "BooleanLiteral":
    case "NullLiteral":
    case "BigIntLiteral":
    case "RegExpLiteral":
    case "Identifier":
    case "FunctionExpression":
    case "ArrowFunctionExpression":
    case "ObjectMethod":
      return true;
    case "TemplateLiteral":
      return all(node.expressions);
    case "UnaryExpression":
      return node.operator !== "delete" && pure(node.argument);
    case "BinaryExpression":
    case "LogicalExpression":
      return pure(node.left) && pure(node.right);
    case "ConditionalExpression":
      return all([node.test, node.consequent, node.alternate]);
    case "SpreadElement":
      return pure(node.argument);
    case "ArrayExpression":
      return all(node.elements);
    case "ObjectExpression":
      return all(node.properties);
    case "ObjectProperty":
      return (!node.computed || pure(node.key)) && pure(node.value);
    case "MemberExpression":
      return pure(node.object) && (!node.computed || pure(node.property));
    case "ClassExpression":
      return isPureClass(node, pure);
    case "NewExpression":
      return (isMarked(node) || isMaker(node.callee.name)) && all(node.arguments);
    case "CallExpression":
      if (node.callee.type === "MemberExpression") return isPureMethod(node, pure, isHarmless);
      return (isMarked(node) || isHarmless(node.callee.name)) && all(node.arguments);
    default:
      return false;
  }
}

/** `Array.from(…)`, `[…].map(…)`: with functions as arguments that have no side effects either, for they are called. */
function isPureMethod(node, pure, isHarmless) {
  const { object, property, computed } = node.callee;
  if (isMarked(node)) return node.arguments.every(pure);
  if (computed) return false;
  const isArgument = (argument) => {
    if (argument.type === "ArrowFunctionExpression") return pure(argument.body);
    if (argument.type === "Identifier") return isHarmless(argument.name);
    return pure(argument) && !/Function/.test(argument.type);
  };
  const isConverter = CONVERTERS[object.name]?.includes(property.name) === true;
  return (
    (isConverter || (isFresh(object) && pure(object) && METHODS.has(property.name))) && node.arguments.every(isArgument)
  );
}

/** Has the expression, if it is pure, a value that nobody else has? */
function isFresh({ type, callee }) {
  return type === "CallExpression"
    ? callee.type === "MemberExpression"
    : /^(Array|New)Expression$|^StringLiteral$/.test(type);
}

function isPureClass({ superClass, body }, pure) {
  if (superClass !== null && superClass !== undefined && !pure(superClass)) return false;
  return body.body.every((member) => {
    if (member.type === "StaticBlock") return false;
    if (member.computed && !pure(member.key)) return false;
    return !member.static || member.type === "ClassMethod" || member.value === null || pure(member.value);
  });
}
