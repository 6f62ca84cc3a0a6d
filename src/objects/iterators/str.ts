/** The iterator of strings: the class; its types are defined in `sequence-types.ts`. */
import { END, type End, PyObject, PyType, type Value, typeType } from "../core.ts";
import { type Str, isAscii, strAt } from "../str/astral.ts";

export const strIteratorType = new PyType("str_iterator", typeType);
export const strAsciiIteratorType = new PyType("str_ascii_iterator", typeType);

export class PyStrIterator extends PyObject {
  index = 0;
  text: Str | null;
  constructor(text: Str) {
    super((isAscii(text) ? strAsciiIteratorType : strIteratorType).shapes);
    this.text = text;
  }
  next(): Value | End {
    const { text, index } = this;
    if (text === null) return END;
    if (index < text.length) {
      this.index = index + 1;
      return strAt(text, index);
    }
    this.text = null;
    return END;
  }
}

export function newStrIterator(text: Str): PyStrIterator {
  return new PyStrIterator(text);
}
