/** The classes of the module's objects; their types' behaviour is in a file each. */
import { PyObject, type PyType, type Value } from "../../objects/core.ts";
import { withAttributes } from "../../objects/with-attributes.ts";

export class PyTimeDelta extends PyObject {
  memoHash: number | undefined = undefined;
  constructor(
    cls: PyType,
    readonly days: number,
    /** 0…86399 */
    readonly seconds: number,
    /** 0…999999 */
    readonly microseconds: number,
  ) {
    super(cls.shapes);
  }
}
export class PyTimeDeltaSub extends withAttributes(PyTimeDelta) {}

export class PyTzInfo extends PyObject {
  constructor(cls: PyType) {
    super(cls.shapes);
  }
}
export class PyTzInfoSub extends withAttributes(PyTzInfo) {}

export class PyTimezone extends PyTzInfo {
  constructor(
    cls: PyType,
    readonly offset: PyTimeDelta,
    /** null: made from the offset. */
    readonly zoneName: Value,
  ) {
    super(cls);
  }
}

export class PyDate extends PyObject {
  constructor(
    cls: PyType,
    readonly year: number,
    readonly month: number,
    readonly day: number,
  ) {
    super(cls.shapes);
  }
}
export class PyDateSub extends withAttributes(PyDate) {}

export interface Clock {
  hour: number;
  minute: number;
  second: number;
  microsecond: number;
}

export class PyTime extends PyObject implements Clock {
  constructor(
    cls: PyType,
    readonly hour: number,
    readonly minute: number,
    readonly second: number,
    readonly microsecond: number,
    /** A tzinfo or None. */
    readonly tzinfo: PyTzInfo | null,
    readonly fold: number,
  ) {
    super(cls.shapes);
  }
}
export class PyTimeSub extends withAttributes(PyTime) {}

export class PyDateTime extends PyDate implements Clock {
  constructor(
    cls: PyType,
    year: number,
    month: number,
    day: number,
    readonly hour: number,
    readonly minute: number,
    readonly second: number,
    readonly microsecond: number,
    readonly tzinfo: PyTzInfo | null,
    readonly fold: number,
  ) {
    super(cls, year, month, day);
  }
}
export class PyDateTimeSub extends withAttributes(PyDateTime) {}
