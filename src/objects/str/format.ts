/** `str.format`, `str.format_map` and `str.__format__`. */
import { EXC, type Exc, type KwNames, type Result, type Value } from "../core.ts";
import { type PyDict, newDict } from "../dict.ts";
import { attempt, indexError, keyError, valueError } from "../errors.ts";
import { method, rawMethod } from "../native.ts";
import { formatText } from "../numeric/format-spec.ts";
import { ascii, format, getAttr, repr, str } from "../protocol/object.ts";
import { getItem, sequenceItem } from "../protocol/sequence.ts";
import { typeOf } from "../types.ts";
import { strValue } from "../values.ts";
import { strArg, textOf } from "./args.ts";
import { type Str, StrBuilder, pointAt, strFromJs, strToJs } from "./astral.ts";
import { type Field, Markup, splitFieldName } from "./format-markup.ts";

/** Which way fields without a number go: decided by the first field that tells. */
interface Numbering {
  mode: "undecided" | "automatic" | "manual";
  next: number;
}

class Formatter {
  private readonly numbering: Numbering = { mode: "undecided", next: 0 };
  constructor(
    /** null for format_map. */
    private readonly args: readonly Value[] | null,
    private readonly kwargs: Value,
  ) {}

  build(text: Str, depth: number): Str | Exc {
    if (depth <= 0) return valueError("Max string recursion exceeded");
    const out = new StrBuilder();
    const markup = new Markup(text);
    for (;;) {
      const piece = markup.next();
      if (piece === EXC) return EXC;
      if (piece === undefined) return out.build();
      out.push(piece.literal);
      if (piece.field === null) continue;
      const shown = this.render(piece.field, depth);
      if (shown === EXC) return EXC;
      out.push(shown);
    }
  }

  private render(field: Field, depth: number): Str | Exc {
    let value = this.lookup(field.name);
    if (value === EXC) return EXC;
    if (field.conversion !== "") {
      value = convert(value, field.conversion);
      if (value === EXC) return EXC;
    }
    const spec = field.nested ? this.build(field.spec, depth - 1) : field.spec;
    if (spec === EXC) return EXC;
    if (spec === "" && typeof value === "string") return value;
    const shown = format(value, spec);
    return shown === EXC ? EXC : (strValue(shown) as Str);
  }

  private lookup(name: Str): Result {
    const parts = splitFieldName(name);
    if (parts === EXC) return EXC;
    const start = this.firstOf(parts.first);
    if (start === EXC) return EXC;
    let value: Value = start;
    for (;;) {
      const step = parts.rest.next();
      if (step === EXC) return EXC;
      if (step === undefined) return value;
      const next: Result = step.isAttribute ? getAttr(value, step.key as string) : itemOf(value, step.key);
      if (next === EXC) return EXC;
      value = next;
    }
  }

  private firstOf(first: Str | number): Result {
    const index = this.number(first);
    if (index === EXC) return EXC;
    if (index === undefined) {
      return this.kwargs === null ? keyError(first as Str) : getItem(this.kwargs, first as Str);
    }
    if (this.args === null) return valueError("Format string contains positional fields");
    if (index >= this.args.length) {
      return indexError(`Replacement index ${index} out of range for positional args tuple`);
    }
    return this.args[index];
  }

  /** The positional argument meant; undefined for a name. */
  private number(first: Str | number): number | undefined | Exc {
    const isEmpty = first === "";
    if (!isEmpty && typeof first !== "number") return undefined;
    const { numbering } = this;
    if (numbering.mode === "undecided") numbering.mode = isEmpty ? "automatic" : "manual";
    if (numbering.mode === "manual" && isEmpty) {
      return valueError("cannot switch from manual field specification to automatic field numbering");
    }
    if (numbering.mode === "automatic" && !isEmpty) {
      return valueError("cannot switch from automatic field numbering to manual field specification");
    }
    return isEmpty ? numbering.next++ : (first as number);
  }
}

function itemOf(value: Value, key: Str | number): Result {
  if (typeof key === "number" && typeOf(value).sq_item !== null && typeOf(value).mp_subscript === null) {
    return sequenceItem(value, key);
  }
  return getItem(value, key);
}

/** `!r`, `!s`, `!a`. */
function convert(value: Value, conversion: Str): Result {
  switch (conversion) {
    case "r":
      return repr(value);
    case "s":
      return str(value);
    case "a":
      return ascii(value);
  }
  const point = pointAt(conversion, 0);
  const shown = point > 32 && point < 127 ? conversion : `\\x${point.toString(16)}`;
  return valueError(`Unknown conversion specifier ${strToJs(shown)}`);
}

function formatCall(self: Value, args: Value[], kwnames: KwNames): Result {
  let positional = args;
  let kwargs: PyDict | null = null;
  if (kwnames !== null && kwnames.length > 0) {
    const given = args.length - kwnames.length;
    positional = args.slice(0, given);
    kwargs = newDict();
    for (let i = 0; i < kwnames.length; i++) kwargs.setStr(kwnames[i], args[given + i]);
  }
  return new Formatter(positional, kwargs).build(textOf(self), 2);
}

function formatSelf(self: Value, spec: Value): Result {
  const given = strArg(spec, "__format__() argument");
  if (given === EXC) return EXC;
  // A subclass may show itself otherwise.
  if (given === "") return str(self);
  return attempt(() => strFromJs(formatText(strToJs(textOf(self)), strToJs(given), typeOf(self).name)));
}

export const formatMethods = () => ({
  format: rawMethod(
    formatCall,
    "Return a formatted version of the string, using substitutions from args and kwargs.",
  ).signedAs("($self, /, *args, **kwargs)"),
  format_map: method(
    "($self, mapping, /)",
    (self: Value, mapping: Value) => new Formatter(null, mapping).build(textOf(self), 2),
    "Return a formatted version of the string, using substitutions from mapping.",
  ),
  __format__: method(
    "($self, format_spec, /)",
    formatSelf,
    "Return a formatted version of the string as described by format_spec.",
  ),
});
