/** `cell`: a variable shared by closures. `value` undefined when empty. */
import { PyObject, type Value } from "./core.ts";
import { cellType } from "./types.ts";

export class PyCell extends PyObject {
  constructor(public value: Value | undefined) {
    super(cellType.shapes);
  }
}
