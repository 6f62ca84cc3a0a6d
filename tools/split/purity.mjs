/** Has an expression no side effects, and does it matter little when it is evaluated? */

/** Constructors whose calls only make an object. */
const MAKERS = new Set(["Map", "Set", "WeakMap", "WeakSet", "Array", "TextDecoder", "TextEncoder", "RegExp"]);
/** Typed arrays and buffers. */
const isMaker = (name) => MAKERS.has(name) || /^(Big)?(Uint|Int|Float)\d+(Clamped)?Array$|^ArrayBuffer$/.test(name);

const hasComment = (node, text) => (node.leadingComments ?? []).some(({ value }) => value.trim() === text);

/** Is the call itself marked? */
const isMarked = (node) => hasComment(node, "@__PURE__");

/** The functions of a program's outermost scope that are declared free of side effects. */
export function harmlessFunctions(body) {
  const marked = body.filter((n) => n.type === "FunctionDeclaration" && hasComment(n, "@__NO_SIDE_EFFECTS__"));
  return new Set(marked.map((node) => node.id.name));
}

/** `harmless`: the names of functions without side effects. */
export function isPure(node, harmless) {
  const pure = (child) => isPure(child, harmless);
  const isHarmless = (name) => name === "Symbol" || harmless.has(name);
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
      return (isMarked(node) || isHarmless(node.callee.name)) && all(node.arguments);
    default:
      return false;
  }
}

function isPureClass({ superClass, body }, pure) {
  if (superClass !== null && superClass !== undefined && !pure(superClass)) return false;
  return body.body.every((member) => {
    if (member.type === "StaticBlock") return false;
    if (member.computed && !pure(member.key)) return false;
    return !member.static || member.type === "ClassMethod" || member.value === null || pure(member.value);
  });
}
