/** `awaitType(x)`: an object whose `__await__` gives `x`, whatever that is, as only native types can. */
import { type PyType, PyObject, type Value } from "../../objects/core.ts";
import { newType } from "../../objects/define.ts";
import { parseArgs, signature } from "../../objects/define.ts";
import { EXC } from "../../objects/core.ts";

class PyAwait extends PyObject {
  constructor(
    type: PyType,
    readonly result: Value,
  ) {
    super(type.shapes);
  }
}
const SIGNATURE = signature("(result, /)");

export const awaitType = newType("awaitType", {
  module: "_testcapi",
  slots: {
    tp_new: (cls, args, kwnames) => {
      const given = parseArgs(SIGNATURE, "awaitType", args, kwnames);
      return given === EXC ? EXC : new PyAwait(cls, given[0] as Value);
    },
    am_await: (self: PyAwait) => self.result,
  },
});
