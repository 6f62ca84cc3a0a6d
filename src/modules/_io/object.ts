/** What all file objects have in common: a `__dict__`, and whether they are closed. */
import { EXC, type Exc, PyObject, type PyType, type Value } from "../../objects/core.ts";
import { getAttr, isTrue } from "../../objects/protocol/object.ts";
import { withAttributes } from "../../objects/with-attributes.ts";

class IOObject extends PyObject {
  /** `_IOBase.close` has run. */
  closed = false;
  /** Being closed because nobody holds it any longer. */
  finalizing = false;
  constructor(cls: PyType) {
    super(cls.shapes);
  }
}
export class PyIOBase extends withAttributes(IOObject) {}

/** `file.closed` as Python sees it. */
export function isClosed(file: Value): boolean | Exc {
  const closed = getAttr(file, "closed");
  return closed === EXC ? EXC : isTrue(closed);
}
