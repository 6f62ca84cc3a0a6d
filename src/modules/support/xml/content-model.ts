/** What may be in an element: `EMPTY`, `ANY`, `(#PCDATA | a)*`, `(a, (b | c)+)?`. Nesting costs no stack. */
import { ERROR, fail } from "./codes.ts";
import type { Declarations, Steps } from "./declarations.ts";
import type { Model } from "./handlers.ts";
import type { Token } from "./prolog.ts";

export const MODEL = { EMPTY: 1, ANY: 2, MIXED: 3, NAME: 4, CHOICE: 5, SEQUENCE: 6 } as const;

const quantifierOf = ({ quantifier }: Token): number => "?*+".indexOf(quantifier || " ") + 1;
const leaf = (type: number, name: string | null, quantifier = 0): Model => ({ type, quantifier, name, children: [] });

export function* contentModel(grammar: Declarations): Steps<Model> {
  const token = yield* grammar.next();
  if (token.kind === "name" && token.quantifier === "") {
    if (token.word === "EMPTY") return leaf(MODEL.EMPTY, null);
    if (token.word === "ANY") return leaf(MODEL.ANY, null);
  }
  if (token.kind !== "(") grammar.unexpected(token);
  const first = yield* grammar.next();
  if (first.kind !== "#name") return yield* groups(grammar, first);
  if (first.word !== "PCDATA") grammar.unexpected(first);
  return yield* mixed(grammar);
}

function* mixed(grammar: Declarations): Steps<Model> {
  const model = leaf(MODEL.MIXED, null);
  let token = yield* grammar.next();
  while (token.kind === "|") {
    model.children.push(leaf(MODEL.NAME, grammar.nameOf(yield* grammar.next(), false)));
    token = yield* grammar.next();
  }
  const isPlain = token.quantifier === "" && model.children.length === 0;
  if (token.kind !== ")" || (!isPlain && token.quantifier !== "*")) grammar.unexpected(token);
  model.quantifier = quantifierOf(token);
  return model;
}

/** A group under way; its type is known at the first separator. */
interface Group {
  readonly model: { type: number; quantifier: number; name: null; children: Model[] };
  separator: string | null;
}
const newGroup = (): Group => ({
  model: { type: MODEL.SEQUENCE, quantifier: 0, name: null, children: [] },
  separator: null,
});

/** The group whose first token is `first`. */
function* groups(grammar: Declarations, first: Token): Steps<Model> {
  const open: Group[] = [newGroup()];
  for (let token = first; ; token = yield* grammar.next()) {
    const group = open[open.length - 1];
    if (token.kind === "(") {
      const inner = newGroup();
      group.model.children.push(inner.model);
      open.push(inner);
      continue;
    }
    if (token.kind !== "name") grammar.unexpected(token);
    group.model.children.push(leaf(MODEL.NAME, token.word, quantifierOf(token)));
    // A separator comes next, or ends of groups.
    for (;;) {
      const next = yield* grammar.next();
      const current = open[open.length - 1];
      if (next.kind === ")") {
        current.model.quantifier = quantifierOf(next);
        open.pop();
        if (open.length === 0) return current.model;
        continue;
      }
      if (next.kind !== "," && next.kind !== "|") grammar.unexpected(next);
      if (current.separator !== null && current.separator !== next.kind) fail(ERROR.SYNTAX);
      current.separator = next.kind;
      if (next.kind === "|") current.model.type = MODEL.CHOICE;
      break;
    }
  }
}
