/** Replacement templates: what `re._parser.parse_template` made of `\1`, `\g<name>` and the literals between. */
import { EXC, type Exc, PyObject, type Result, type Value } from "../../objects/core.ts";
import { newType } from "../../objects/define.ts";
import { catches, clearException, indexError, typeError } from "../../objects/errors.ts";
import { typeErrorType } from "../../objects/exceptions/types.ts";
import { callImported } from "../../objects/import-hook.ts";
import { PyList } from "../../objects/list.ts";
import { bytesLike, hasBuffer } from "../../objects/buffer.ts";
import { newBytes, PyBytes } from "../../objects/bytes.ts";
import { strValue } from "../../objects/values.ts";
import type { Found } from "./matcher.ts";
import { groupOf, type PyPattern } from "./pattern.ts";
import type { Content } from "./subject.ts";
import { joinPieces } from "./join.ts";

export class PyTemplate extends PyObject {
  constructor(
    /** The text before the first group. */
    readonly literal: Value,
    /** Group, text after it, group, text … */
    readonly chunks: readonly (number | Value)[],
  ) {
    super(templateType.shapes);
  }
}

export const templateType = newType("SRE_Template", { module: "_sre", slots: { tp_new: null } });

/** `_sre.template(pattern, list)`. */
export function newTemplate(list: Value): Result {
  if (!(list instanceof PyList) || list.items.length % 2 === 0) return typeError("invalid template");
  const { items } = list;
  const chunks: Value[] = [];
  for (let i = 1; i < items.length; i += 2) {
    const group = items[i];
    if (typeof group !== "number" || group < 0) return typeError("invalid template");
    chunks.push(group, items[i + 1]);
  }
  return new PyTemplate(items[0], chunks);
}

/** A template object of a str or bytes, through `re._compile_template`, which keeps a cache. */
export function compileTemplate(pattern: PyPattern, template: Value): Result {
  const result = callImported("re", "_compile_template", [pattern, template]);
  if (result !== EXC || !catches(typeErrorType)) return result;
  // Unhashable: try again with an immutable copy.
  const text = strValue(template);
  if (text === undefined && (template instanceof PyBytes || !hasBuffer(template))) return EXC;
  clearException();
  if (text !== undefined) return callImported("re", "_compile_template", [pattern, text]);
  const content = bytesLike(template);
  return content === EXC ? EXC : callImported("re", "_compile_template", [pattern, newBytes(content)]);
}

export function expandTemplate(template: PyTemplate, found: Found, content: Content, isBytes: boolean): Result {
  const { chunks } = template;
  if (chunks.length === 0) return template.literal;
  const pieces = templatePieces(template, found, content, isBytes);
  return pieces === EXC ? EXC : joinPieces(pieces, isBytes);
}

function templatePieces(template: PyTemplate, found: Found, content: Content, isBytes: boolean): Value[] | Exc {
  const pieces: Value[] = isEmptyLiteral(template.literal) ? [] : [template.literal];
  const { chunks } = template;
  const groups = found.js !== null ? found.js.length - 1 : found.spans().length / 2;
  for (let i = 0; i < chunks.length; i += 2) {
    const index = chunks[i] as number;
    if (index > groups) return indexError("no such group");
    const group = groupOf(found, content, isBytes, index);
    if (group !== undefined) pieces.push(group);
    if (!isEmptyLiteral(chunks[i + 1])) pieces.push(chunks[i + 1]);
  }
  return pieces;
}

const isEmptyLiteral = (value: Value): boolean => value === "" || (value instanceof PyBytes && value.latin1 === "");
