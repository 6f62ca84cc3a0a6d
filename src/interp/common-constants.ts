/** The constants of LOAD_COMMON_CONSTANT. */
import type { Result } from "../objects/core.ts";
import { systemError } from "../objects/errors.ts";
import { assertionErrorType, notImplementedErrorType } from "../objects/exceptions/types.ts";
import { rt } from "../objects/runtime.ts";
import { tupleType } from "../objects/types.ts";

export function commonConstant(index: number): Result {
  switch (index) {
    case 0:
      return assertionErrorType;
    case 1:
      return notImplementedErrorType;
    case 2:
      return tupleType;
    case 3:
      return rt.builtinAll;
    case 4:
      return rt.builtinAny;
    default:
      return systemError(`bad common constant ${index}`);
  }
}
