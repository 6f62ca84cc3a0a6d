/**
 * Which names of the bundle's outermost scope a piece of it refers to, and where: scope analysis of an ECMAScript syntax
 * tree (Babel's), as far as a bundle needs it.
 */

/** Identifiers that a pattern (a declaration's or parameter's) declares. */
export function declaredBy(pattern) {
  switch (pattern?.type) {
    case "Identifier":
      return [pattern.name];
    case "ObjectPattern":
      return pattern.properties.flatMap((p) => declaredBy(p.type === "RestElement" ? p.argument : p.value));
    case "ArrayPattern":
      return pattern.elements.flatMap(declaredBy);
    case "AssignmentPattern":
      return declaredBy(pattern.left);
    case "RestElement":
      return declaredBy(pattern.argument);
    default:
      return [];
  }
}

const isFunction = (node) => /Function|Method$/.test(node.type) && node.body !== undefined;

/** Children of a node that are nodes, in no particular order of keys but that of the parser. */
function* children(node) {
  for (const key in node) {
    if (key === "loc" || key === "leadingComments" || key === "trailingComments" || key === "innerComments") continue;
    const value = node[key];
    if (Array.isArray(value)) {
      for (const child of value) if (child !== null && typeof child?.type === "string") yield child;
    } else if (value !== null && typeof value === "object" && typeof value.type === "string") yield value;
  }
}

/** Names that `var` declares anywhere in a function's body. */
function hoisted(node, names) {
  if (node.type === "VariableDeclaration" && node.kind === "var") {
    for (const d of node.declarations) for (const name of declaredBy(d.id)) names.add(name);
  }
  for (const child of children(node)) if (!isFunction(child)) hoisted(child, names);
}

/** Names of a block's own `let`, `const`, `class` and `function`. */
function lexical(statements, names) {
  for (const node of statements) {
    if (node.type === "VariableDeclaration" && node.kind !== "var") {
      for (const d of node.declarations) for (const name of declaredBy(d.id)) names.add(name);
    } else if ((node.type === "FunctionDeclaration" || node.type === "ClassDeclaration") && node.id) {
      names.add(node.id.name);
    }
  }
}

/** The names that a node declares for what is inside of it; null when it opens no scope. */
function scopeOf(node) {
  const names = new Set();
  if (isFunction(node)) {
    for (const parameter of node.params) for (const name of declaredBy(parameter)) names.add(name);
    if (node.type === "FunctionExpression" && node.id) names.add(node.id.name);
    if (node.type !== "ArrowFunctionExpression") names.add("arguments");
    hoisted(node.body, names);
    return names;
  }
  switch (node.type) {
    case "BlockStatement":
    case "StaticBlock":
      lexical(node.body, names);
      return names;
    case "SwitchStatement":
      lexical(
        node.cases.flatMap((c) => c.consequent),
        names,
      );
      return names;
    case "ForStatement":
      lexical([node.init].filter(Boolean), names);
      return names;
    case "ForInStatement":
    case "ForOfStatement":
      lexical([node.left], names);
      return names;
    case "CatchClause":
      for (const name of declaredBy(node.param)) names.add(name);
      return names;
    case "ClassExpression":
    case "ClassDeclaration":
      if (node.id) names.add(node.id.name);
      return names;
    default:
      return null;
  }
}

/**
 * Calls `found({ node, name, kind, inFunction })` for each reference to a name of `outer` inside of `root`. `kind`:
 * "read", "write", or "shorthand" for `{ name }`; `inFunction`: it is not evaluated with `root` itself.
 */
export function references(root, outer, found) {
  const visit = (node, scopes, inFunction, writing) => {
    const own = scopeOf(node);
    const inner = own !== null && own.size > 0 ? [...scopes, own] : scopes;
    const inside = inFunction || isFunction(node);
    const go = (child, writes = false) => child && visit(child, inner, inside, writes);
    switch (node.type) {
      case "Identifier":
        if (outer.has(node.name) && !scopes.some((scope) => scope.has(node.name))) {
          found({ node, name: node.name, kind: writing ? "write" : "read", inFunction });
        }
        return;
      case "MemberExpression":
      case "OptionalMemberExpression":
        go(node.object);
        if (node.computed) go(node.property);
        return;
      case "ObjectProperty":
        if (node.computed) go(node.key);
        if (node.shorthand && node.value.type === "Identifier") {
          const { name } = node.value;
          if (outer.has(name) && !inner.some((scope) => scope.has(name))) {
            found({ node, name, kind: writing ? "write" : "shorthand", inFunction });
          }
        } else go(node.value, writing);
        return;
      case "ObjectMethod":
      case "ClassMethod":
      case "ClassPrivateMethod":
        // A computed name is evaluated outside of the method, with its class or object.
        if (node.computed) visit(node.key, scopes, inFunction, false);
        for (const parameter of node.params) go(parameter);
        go(node.body);
        return;
      case "ClassProperty":
      case "ClassPrivateProperty":
        if (node.computed) go(node.key);
        if (node.value) visit(node.value, inner, inFunction || !node.static, false);
        return;
      case "AssignmentExpression":
        go(node.left, true);
        go(node.right);
        return;
      case "UpdateExpression":
        go(node.argument, true);
        return;
      case "ForInStatement":
      case "ForOfStatement":
        go(node.left, node.left.type !== "VariableDeclaration");
        go(node.right);
        go(node.body);
        return;
      case "AssignmentPattern":
        go(node.left, writing);
        go(node.right);
        return;
      case "ArrayPattern":
      case "ObjectPattern":
      case "RestElement":
        for (const child of children(node)) go(child, writing);
        return;
      case "LabeledStatement":
        go(node.body);
        return;
      case "BreakStatement":
      case "ContinueStatement":
      case "PrivateName":
      case "MetaProperty":
        return;
      default:
        for (const child of children(node)) if (child !== node.id || !isNamed(node)) go(child);
    }
  };
  visit(root, [], false, false);
}

/** Does `id` of this node declare, rather than refer? */
function isNamed(node) {
  return /^(Function|Class)(Declaration|Expression)$/.test(node.type);
}
