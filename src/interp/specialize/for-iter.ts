/** FOR_ITER's specialisations. */
import { OPCODE } from "../../generated/metadata.ts";
import type { PyCode } from "../../objects/code.ts";
import type { Value } from "../../objects/core.ts";
import { PyGenerator } from "../../objects/generator.ts";
import { generatorType, typeOf } from "../../objects/types.ts";
import { ListIterator, RangeIterator, TupleIterator } from "../fast-iterators.ts";
import { failed, specialized } from "./counter.ts";

export function specializeForIter(code: PyCode, pc: number, iterator: Value): void {
  if (iterator instanceof ListIterator) specialized(code, pc, OPCODE.FOR_ITER_LIST);
  else if (iterator instanceof TupleIterator) specialized(code, pc, OPCODE.FOR_ITER_TUPLE);
  else if (iterator instanceof RangeIterator) specialized(code, pc, OPCODE.FOR_ITER_RANGE);
  else if (iterator instanceof PyGenerator && typeOf(iterator) === generatorType)
    specialized(code, pc, OPCODE.FOR_ITER_GEN);
  else failed(code, pc);
}
