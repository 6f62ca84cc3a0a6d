/** The module `_sysconfig`. */
import { fn, newModule } from "../../objects/define.ts";
import { newDict } from "../../objects/dict.ts";

export const _sysconfigModule = newModule("_sysconfig", {
  doc: "A helper for the sysconfig module.",
  functions: () => ({
    config_vars: fn(
      "($module, /)",
      () => {
        const vars = newDict();
        vars.setStr("Py_GIL_DISABLED", 0);
        vars.setStr("Py_DEBUG", 0);
        return vars;
      },
      "Returns a dictionary containing build variables intended to be exposed by sysconfig.",
    ),
  }),
});
