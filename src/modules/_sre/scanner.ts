/** `Pattern.scanner()` and the iterator of `finditer()`: searches that go on from the last match. */
import { END, PyObject, type Result } from "../../objects/core.ts";
import { method, newType } from "../../objects/define.ts";
import { iterSelf } from "../support/iterator.ts";
import { newMatch } from "./match.ts";
import { MATCH, type Mode, SEARCH } from "./matcher.ts";
import type { Search } from "./pattern.ts";

class PyScanner extends PyObject {
  isDone = false;
  constructor(readonly search: Search) {
    super(scannerType.shapes);
  }
  step(mode: Mode): Result {
    if (this.isDone) return null;
    const found = this.search.next(mode);
    if (found === null) {
      this.isDone = true;
      return null;
    }
    return newMatch(this.search, found);
  }
}

export const scannerType = newType("SRE_Scanner", {
  module: "_sre",
  slots: { tp_new: null },
  methods: () => ({
    match: method("($self, /)", (self: PyScanner) => self.step(MATCH)),
    search: method("($self, /)", (self: PyScanner) => self.step(SEARCH)),
  }),
  members: () => ({ pattern: (self: PyScanner) => self.search.pattern }),
});

export const newScanner = (search: Search): PyObject => new PyScanner(search);

class FindIterator extends PyObject {
  constructor(private search: Search | null) {
    super(findIteratorType.shapes);
  }
  next(): Result | typeof END {
    const { search } = this;
    if (search === null) return END;
    const found = search.next(SEARCH);
    if (found === null) {
      this.search = null;
      return END;
    }
    return newMatch(search, found);
  }
}

/** CPython makes `iter(scanner.search, None)` here, hence the name. */
export const findIteratorType = newType("callable_iterator", {
  slots: { tp_new: null, tp_iter: iterSelf, tp_iternext: (self: FindIterator) => self.next() },
});

export const newFindIterator = (search: Search): PyObject => new FindIterator(search);
