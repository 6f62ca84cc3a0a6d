/** Instances of subclasses of `str`: the text with a class of its own. */
import { PyObject, type PyType } from "../core.ts";
import { withAttributes } from "../with-attributes.ts";
import type { Str } from "./astral.ts";

class StrHolder extends PyObject {
  constructor(
    cls: PyType,
    readonly value: Str,
  ) {
    super(cls.shapes);
  }
}
export class PyStrSub extends withAttributes(StrHolder) {}
