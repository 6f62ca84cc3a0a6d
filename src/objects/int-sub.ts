/** Instances of subclasses of `int` (and so of IntEnum, …): the primitive with a class of its own. */
import { type Int, PyObject, type PyType } from "./core.ts";
import { withAttributes } from "./with-attributes.ts";

class IntHolder extends PyObject {
  constructor(
    cls: PyType,
    readonly value: Int,
  ) {
    super(cls.shapes);
  }
}
export class PyIntSub extends withAttributes(IntHolder) {}
