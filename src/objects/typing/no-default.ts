/** `typing.NoDefault`: says that a type parameter has no default, since None may be one. Source: PEP 696. */
import { PyObject } from "../core.ts";
import { method, newType } from "../define.ts";
import { typeError } from "../errors.ts";

class PyNoDefault extends PyObject {}

export const noDefaultType = newType("NoDefaultType", {
  doc: "The type of the NoDefault singleton.",
  textSignature: "()",
  slots: {
    tp_new: (_cls, args, kwnames) =>
      args.length > 0 || (kwnames !== null && kwnames.length > 0)
        ? typeError("NoDefaultType takes no arguments")
        : NoDefault,
    tp_repr: () => "typing.NoDefault",
  },
  methods: () => ({ __reduce__: method("($self, /)", () => "NoDefault") }),
});
export const NoDefault = new PyNoDefault(noDefaultType.shapes);
