/** The iterators that FOR_ITER steps itself. */
export { PyListIterator as ListIterator, PyTupleIterator as TupleIterator } from "../objects/iterators/list.ts";
export { PyRangeIterator as RangeIterator } from "../objects/range/iterator.ts";
