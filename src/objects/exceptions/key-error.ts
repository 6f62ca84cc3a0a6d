/** `KeyError`: a lone key is shown with repr, since the message of `KeyError('')` would be empty. */
import { BASETYPE, HAS_DICT } from "../core.ts";
import { defineType } from "../define.ts";
import { repr } from "../protocol/object.ts";
import type { PyBaseException } from "./base.ts";
import { baseExceptionStr } from "./base-exception.ts";
import { keyErrorType } from "./types.ts";

defineType(keyErrorType, {
  doc: "Mapping key not found.",
  flags: BASETYPE | HAS_DICT,
  slots: {
    tp_str: (self: PyBaseException) =>
      self.args.items.length === 1 ? repr(self.args.items[0]) : baseExceptionStr(self),
  },
});
