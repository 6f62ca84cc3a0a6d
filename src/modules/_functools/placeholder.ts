/** `functools.Placeholder`: reserves a place among the arguments of a partial. */
import { PyObject, PyType, type Value, typeType } from "../../objects/core.ts";
import { defineType, method } from "../../objects/define.ts";
import { typeError } from "../../objects/errors.ts";

export const placeholderType = new PyType("_PlaceholderType", typeType);

class PlaceholderObject extends PyObject {}
export const Placeholder: Value = new PlaceholderObject(placeholderType.shapes);

defineType(placeholderType, {
  module: "functools",
  doc: "The type of the Placeholder singleton.\n\nUsed as a placeholder for partial arguments.",
  slots: {
    tp_new: (_cls, args, kwnames) =>
      args.length > 0 || (kwnames !== null && kwnames.length > 0)
        ? typeError("PlaceholderType takes no arguments")
        : Placeholder,
    tp_repr: () => "Placeholder",
  },
  methods: () => ({ __reduce__: method("($self, /)", () => "Placeholder") }),
});
