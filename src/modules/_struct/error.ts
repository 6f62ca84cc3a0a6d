/** `struct.error`. */
import { BASETYPE, HAS_DICT } from "../../objects/core.ts";
import { newType } from "../../objects/define.ts";
import { exceptionType } from "../../objects/exceptions/types.ts";

export const structErrorType = newType("error", { module: "struct", base: exceptionType, flags: BASETYPE | HAS_DICT });
