/** The types of the dicts' iterators. */
import { EXC } from "../core.ts";
import { newList } from "../list.ts";
import { defineIterator, reduceTo } from "../iterators/define-iterator.ts";
import {
  type PyDictIterator,
  dictItemIteratorType,
  dictKeyIteratorType,
  dictReverseItemIteratorType,
  dictReverseKeyIteratorType,
  dictReverseValueIteratorType,
  dictValueIteratorType,
} from "./iterators.ts";

for (const type of [
  dictKeyIteratorType,
  dictValueIteratorType,
  dictItemIteratorType,
  dictReverseKeyIteratorType,
  dictReverseValueIteratorType,
  dictReverseItemIteratorType,
]) {
  defineIterator(type, {
    hint: (self: PyDictIterator) => self.hint,
    reduce: (self: PyDictIterator) => {
      const rest = self.rest();
      return rest === EXC ? EXC : reduceTo("iter", newList(rest));
    },
  });
}
