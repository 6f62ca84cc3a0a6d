/** The module `_string`: how format strings are cut up, for `string.Formatter`. */
import { END, type End, EXC, type Exc, PyObject, type Result, type Value } from "../../objects/core.ts";
import { fn, newModule, newType } from "../../objects/define.ts";
import { typeError } from "../../objects/errors.ts";
import type { Str } from "../../objects/str/astral.ts";
import { Markup, type NameSteps, splitFieldName } from "../../objects/str/format-markup.ts";
import { newTuple } from "../../objects/tuple.ts";
import { typeOf } from "../../objects/types.ts";
import { strValue } from "../../objects/values.ts";

class PyFormatterIterator extends PyObject {
  readonly markup: Markup;
  constructor(text: Str) {
    super(formatterIteratorType.shapes);
    this.markup = new Markup(text);
  }
}
const formatterIteratorType = newType("formatteriterator", {
  slots: {
    tp_iter: (self: PyFormatterIterator) => self,
    tp_iternext: (self: PyFormatterIterator): Value | End | Exc => {
      const piece = self.markup.next();
      if (piece === EXC) return EXC;
      if (piece === undefined) return END;
      const { literal, field } = piece;
      if (field === null) return newTuple([literal, null, null, null]);
      return newTuple([literal, field.name, field.spec, field.conversion === "" ? null : field.conversion]);
    },
  },
});

class PyFieldNameIterator extends PyObject {
  constructor(readonly steps: NameSteps) {
    super(fieldNameIteratorType.shapes);
  }
}
const fieldNameIteratorType = newType("fieldnameiterator", {
  slots: {
    tp_iter: (self: PyFieldNameIterator) => self,
    tp_iternext: (self: PyFieldNameIterator): Value | End | Exc => {
      const step = self.steps.next();
      if (step === EXC) return EXC;
      return step === undefined ? END : newTuple([step.isAttribute, step.key]);
    },
  },
});

function textOf(value: Value): Str | Exc {
  return strValue(value) ?? typeError(`expected str, got ${typeOf(value).name}`);
}
function split(value: Value): Result {
  const text = textOf(value);
  if (text === EXC) return EXC;
  const name = splitFieldName(text);
  return name === EXC ? EXC : newTuple([name.first, new PyFieldNameIterator(name.rest)]);
}
function parse(value: Value): Result {
  const text = textOf(value);
  return text === EXC ? EXC : new PyFormatterIterator(text);
}

export const stringModule = newModule("_string", {
  doc: "string helper module",
  functions: () => ({
    formatter_field_name_split: fn("($module, string, /)", split, "split the argument as a field name"),
    formatter_parser: fn("($module, string, /)", parse, "parse the argument as a format string"),
  }),
});
