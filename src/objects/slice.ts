/** Slices: the class and its maker; the type's behaviour is in `slice/type.ts`. */
import { PyObject, type Value } from "./core.ts";
import { sliceType } from "./types.ts";

export class PySlice extends PyObject {
  constructor(
    readonly start: Value,
    readonly stop: Value,
    readonly step: Value,
  ) {
    super(sliceType.shapes);
  }
}

export function newSlice(start: Value, stop: Value, step: Value = null): PySlice {
  return new PySlice(start, stop, step);
}
