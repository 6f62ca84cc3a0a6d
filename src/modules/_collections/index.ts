/** `_collections`: the native part of `collections`. */
import { fn, newModule } from "../../objects/define.ts";
import { countElements } from "./count-elements.ts";
import { defaultdictType } from "./defaultdict.ts";
import { dequeIteratorType, dequeReverseIteratorType } from "./deque-iterator.ts";
import { dequeType } from "./deque.ts";
import { orderedDictType } from "./ordered-dict.ts";
import { tupleGetterType } from "./tuplegetter.ts";

export const _collectionsModule = newModule("_collections", {
  doc: "High performance data structures.\n- deque:        ordered collection accessible from endpoints only\n- defaultdict:  dict subclass with a default value factory\n",
  functions: () => ({
    _count_elements: fn(
      "($module, mapping, iterable, /)",
      countElements,
      "Count elements in the iterable, updating the mapping.",
    ),
  }),
  attributes: () => ({
    deque: dequeType,
    defaultdict: defaultdictType,
    OrderedDict: orderedDictType,
    _deque_iterator: dequeIteratorType,
    _deque_reverse_iterator: dequeReverseIteratorType,
    _tuplegetter: tupleGetterType,
  }),
});
