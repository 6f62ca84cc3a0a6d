/** What t-strings' `Template` and `Interpolation` do (PEP 750). */
import { END, type End, EXC, type KwNames, PyObject, type PyType, type Result, type Value } from "./core.ts";
import { defineType, newType } from "./define.ts";
import { typeError, valueError } from "./errors.ts";
import { newGenericAlias } from "./generic-alias.ts";
import { importAttribute } from "./import-hook.ts";
import { concat } from "./message.ts";
import { classMethod, method } from "./native.ts";
import { repr } from "./protocol/object.ts";
import { parseArgs, signature } from "./signature.ts";
import { typeName } from "./str/args.ts";
import { type Str, strConcat } from "./str/astral.ts";
import {
  PyInterpolation,
  PyTemplate,
  interpolationType,
  newInterpolation,
  newTemplate,
  templateType,
} from "./template.ts";
import { newTuple } from "./tuple.ts";
import { typeOf } from "./types.ts";
import { strValue } from "./values.ts";

const MODULE = "string.templatelib";

/** Strings and interpolations in turns: adjacent strings are joined, missing ones are empty. */
function templateOf(parts: readonly Value[]): PyTemplate {
  const strings: Str[] = [""];
  const interpolations: Value[] = [];
  for (const part of parts) {
    if (part instanceof PyInterpolation) {
      interpolations.push(part);
      strings.push("");
    } else strings[strings.length - 1] = strConcat(strings[strings.length - 1], strValue(part) as Str);
  }
  return newTemplate(newTuple(strings), newTuple(interpolations));
}

function templateNew(_cls: PyType, args: Value[], kwnames: KwNames): Result {
  if (kwnames !== null && kwnames.length > 0) return typeError("Template.__new__ only accepts *args arguments");
  for (const arg of args) {
    if (strValue(arg) === undefined && !(arg instanceof PyInterpolation)) {
      return typeError(`Template.__new__ *args need to be of type 'str' or 'Interpolation', got ${typeOf(arg).name}`);
    }
  }
  return templateOf(args);
}

/** What iteration gives: strings that are not empty, and interpolations, in order. */
function partsOf(self: PyTemplate): Value[] {
  const parts: Value[] = [];
  self.strings.items.forEach((text, i) => {
    if (text !== "") parts.push(text);
    if (i < self.interpolations.items.length) parts.push(self.interpolations.items[i]);
  });
  return parts;
}

function add(a: Value, b: Value): Result {
  if (a instanceof PyTemplate && b instanceof PyTemplate) return templateOf([...partsOf(a), ...partsOf(b)]);
  return typeError(`can only concatenate ${MODULE}.Template (not "${typeOf(b).name}") to ${MODULE}.Template`);
}

function templateRepr(self: PyTemplate): Result {
  const strings = repr(self.strings);
  if (strings === EXC) return EXC;
  const interpolations = repr(self.interpolations);
  return interpolations === EXC ? EXC : concat("Template(strings=", strings, ", interpolations=", interpolations, ")");
}

function reduce(self: PyTemplate): Result {
  const unpickle = importAttribute(MODULE, "_template_unpickle");
  return unpickle === EXC ? EXC : newTuple([unpickle, newTuple([self.strings, self.interpolations])]);
}

class PyTemplateIterator extends PyObject {
  private at = 0;
  constructor(private readonly parts: readonly Value[]) {
    super(templateIteratorType.shapes);
  }
  next(): Value | End {
    return this.at < this.parts.length ? this.parts[this.at++] : END;
  }
}
const templateIteratorType = newType("TemplateIter", {
  module: MODULE,
  slots: { tp_iter: (self: PyTemplateIterator) => self, tp_iternext: (self: PyTemplateIterator) => self.next() },
});

const subscript = classMethod(
  "($type, object, /)",
  (cls: PyType, item: Value) => newGenericAlias(cls, item),
  "See PEP 585",
);

defineType(templateType, {
  module: MODULE,
  doc: "Template object",
  slots: {
    tp_new: templateNew,
    tp_repr: templateRepr,
    tp_iter: (self: PyTemplate) => new PyTemplateIterator(partsOf(self)),
    sq_concat: add,
  },
  methods: () => ({
    __class_getitem__: subscript,
    __reduce__: method("($self, /)", reduce),
  }),
  getset: () => ({
    values: {
      get: (self: Value) =>
        newTuple((self as PyTemplate).interpolations.items.map((part) => (part as PyInterpolation).value)),
      set: undefined,
      doc: "Values of interpolations",
    },
  }),
  members: () => ({
    strings: (self: PyTemplate) => self.strings,
    interpolations: (self: PyTemplate) => self.interpolations,
  }),
});

const INTERPOLATION = signature("(value, expression='', conversion=None, format_spec='')");
function interpolationNew(_cls: PyType, args: Value[], kwnames: KwNames): Result {
  const bound = parseArgs(INTERPOLATION, "Interpolation", args, kwnames);
  if (bound === EXC) return EXC;
  const [value, expression = "", conversion = null, spec = ""] = bound as Value[];
  for (const [text, name] of [
    [expression, "expression"],
    [conversion, "conversion"],
    [spec, "format_spec"],
  ] as const) {
    if (strValue(text) === undefined && !(text === null && name === "conversion")) {
      return typeError(`Interpolation() argument '${name}' must be str, not ${typeName(text)}`);
    }
  }
  if (conversion !== null && !["s", "a", "r"].includes(strValue(conversion) as string)) {
    return valueError("Interpolation() argument 'conversion' must be one of 's', 'a' or 'r'");
  }
  return newInterpolation(value, expression, conversion, spec);
}
const fieldsOf = (self: PyInterpolation): Value[] => [self.value, self.expression, self.conversion, self.formatSpec];

defineType(interpolationType, {
  module: MODULE,
  doc: "Interpolation object",
  textSignature: "(value, expression='', conversion=None, format_spec='')",
  slots: {
    tp_new: interpolationNew,
    tp_repr: (self: PyInterpolation) => {
      const shown: Str[] = [];
      for (const field of fieldsOf(self)) {
        const text = repr(field);
        if (text === EXC) return EXC;
        if (shown.length > 0) shown.push(", ");
        shown.push(text);
      }
      return concat("Interpolation(", ...shown, ")");
    },
  },
  methods: () => ({
    __class_getitem__: subscript,
    __reduce__: method("($self, /)", (self: PyInterpolation) =>
      newTuple([interpolationType, newTuple(fieldsOf(self))]),
    ),
  }),
  members: () => ({
    value: (self: PyInterpolation) => self.value,
    expression: (self: PyInterpolation) => self.expression,
    conversion: (self: PyInterpolation) => self.conversion,
    format_spec: (self: PyInterpolation) => self.formatSpec,
  }),
  attributes: () => ({ __match_args__: newTuple(["value", "expression", "conversion", "format_spec"]) }),
});
