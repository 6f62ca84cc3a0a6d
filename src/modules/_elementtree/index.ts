/** The module `_elementtree`: `xml.etree.ElementTree`'s elements, builder and parser, natively. */
import type { Result, Value } from "../../objects/core.ts";
import { fn, newModule, rawFn } from "../../objects/define.ts";
import { typeError } from "../../objects/errors.ts";
import { isCallable } from "../../objects/protocol/object.ts";
import { newTuple } from "../../objects/tuple.ts";
import { elementType, subElement } from "./element-type.ts";
import { factories, typeName } from "./element.ts";
import { parseErrorType } from "./parse-error.ts";
import { treeBuilderType } from "./tree-builder.ts";
import { xmlParserType } from "./xml-parser.ts";

function setFactories(comment: Value, instruction: Value): Result {
  for (const [factory, what] of [
    [comment, "Comment"],
    [instruction, "PI"],
  ] as const) {
    if (factory !== null && !isCallable(factory))
      return typeError(`${what} factory must be callable, not ${typeName(factory)}`);
  }
  const state = factories();
  const before = newTuple([state.comment, state.instruction]);
  state.comment = comment;
  state.instruction = instruction;
  return before;
}

export const elementtreeModule = newModule("_elementtree", {
  functions: () => ({
    SubElement: rawFn(subElement),
    _set_factories: fn("($module, comment_factory, pi_factory, /)", setFactories),
  }),
  attributes: () => ({
    Element: elementType,
    TreeBuilder: treeBuilderType,
    XMLParser: xmlParserType,
    ParseError: parseErrorType,
  }),
});
