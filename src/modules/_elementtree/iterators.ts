/** `Element.iter` and `Element.itertext`: the tree in document order, without recursion. */
import { DISALLOW_INSTANTIATION, END, EQ, EXC, type End, type Exc, PyObject, type Value } from "../../objects/core.ts";
import { newType } from "../../objects/define.ts";
import { compareBool, isTrue } from "../../objects/protocol/object.ts";
import { iterSelf } from "../support/iterator.ts";
import type { PyElement } from "./element.ts";

interface Level {
  readonly parent: PyElement;
  next: number;
}

class PyElementIterator extends PyObject {
  private readonly stack: Level[] = [];
  private hasBegun = false;

  constructor(
    private readonly root: PyElement,
    /** null: all. */
    private readonly tag: Value,
    private readonly givesText: boolean,
  ) {
    super(elementIteratorType.shapes);
  }

  next(): Value | End | Exc {
    for (;;) {
      const element = this.step();
      if (element === null) return END;
      const found = this.givesText ? this.inner(element) : this.match(element);
      if (found === EXC) return EXC;
      if (found !== undefined) return found;
    }
  }
  /** The next element; a level, when its last child has been given: its tail comes now. null at the end. */
  private step(): PyElement | Level | null {
    const { stack } = this;
    if (!this.hasBegun) {
      this.hasBegun = true;
      stack.push({ parent: this.root, next: 0 });
      return this.root;
    }
    const level = stack[stack.length - 1];
    if (level === undefined) return null;
    if (level.next >= level.parent.children.length) {
      stack.pop();
      return level;
    }
    const child = level.parent.children[level.next++];
    stack.push({ parent: child, next: 0 });
    return child;
  }
  private match(element: PyElement | Level): Value | undefined | Exc {
    if ("parent" in element) return undefined;
    const { tag } = this;
    if (tag === null) return element;
    if (typeof tag === "string" && typeof element.tag === "string") return tag === element.tag ? element : undefined;
    const isWanted = compareBool(element.tag, tag, EQ);
    if (isWanted === EXC) return EXC;
    return isWanted ? element : undefined;
  }
  private inner(element: PyElement | Level): Value | undefined | Exc {
    // What follows the first element is not inside of it.
    if ("parent" in element && this.stack.length === 0) return undefined;
    const text = "parent" in element ? element.parent.tail : element.text;
    if (text === null) return undefined;
    const isText = isTrue(text);
    if (isText === EXC) return EXC;
    return isText ? text : undefined;
  }
}

export const elementIteratorType = newType("_element_iterator", {
  module: "_elementtree",
  flags: DISALLOW_INSTANTIATION,
  slots: { tp_new: null, tp_iter: iterSelf, tp_iternext: (self: PyElementIterator) => self.next() },
});

export const iterate = (root: PyElement, tag: Value): Value => new PyElementIterator(root, tag, false);
export const iterateText = (root: PyElement): Value => new PyElementIterator(root, null, true);
