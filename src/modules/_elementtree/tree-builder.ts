/** `TreeBuilder`: makes a tree of starts, ends and texts. */
import {
  BASETYPE,
  EXC,
  type Exc,
  type KwNames,
  PyObject,
  type PyType,
  type Result,
  type Status,
  type Value,
} from "../../objects/core.ts";
import { method, newType, parseArgs, signature } from "../../objects/define.ts";
import { PyDict, newDict } from "../../objects/dict.ts";
import { indexError, raise, typeError } from "../../objects/errors.ts";
import { call, callMethod } from "../../objects/protocol/call.ts";
import { add } from "../../objects/protocol/number.ts";
import { getAttr, isTrue, setAttr } from "../../objects/protocol/object.ts";
import { newTuple } from "../../objects/tuple.ts";
import { typeOf } from "../../objects/types.ts";
import { withAttributes } from "../../objects/with-attributes.ts";
import { elementType } from "./element-type.ts";
import { PyElement, factories, newElement, typeName } from "./element.ts";
import { parseErrorType } from "./parse-error.ts";

/** What `XMLPullParser` wants to hear of, and how it is told. */
export interface Events {
  readonly append: Value;
  /** Kinds of events that were asked for, and the str that names each. */
  readonly names: ReadonlyMap<string, Value>;
}

export class PyTreeBuilder extends PyObject {
  root: Value = null;
  private current: Value = null;
  private readonly stack: Value[] = [];
  /** What text belongs to: the text of the element begun last, or the tail of the one that has ended. */
  private last: Value = null;
  private tailOf: Value = null;
  private data: Value[] = [];
  elementFactory: Value = null;
  commentFactory: Value = null;
  instructionFactory: Value = null;
  insertsComments = false;
  insertsInstructions = false;
  events: Events | null = null;

  constructor(cls: PyType) {
    super(cls.shapes);
  }

  private tell(event: string, subject: Value): Status {
    const name = this.events?.names.get(event);
    if (name === undefined || this.events === null) return null;
    return call(this.events.append, [newTuple([name, subject])]) === EXC ? EXC : null;
  }
  tellNamespace(event: string, subject: Value): Status {
    return this.tell(event, subject);
  }

  /** `attributes` null: there are none, and nobody else holds the dict. */
  start(tag: Value, attributes: PyDict | null): Result {
    if (this.flush() === EXC) return EXC;
    let node: Value | Exc;
    if (this.elementFactory === null) node = newElement(tag, attributes);
    else node = call(this.elementFactory, [tag, attributes ?? newDict()]);
    if (node === EXC) return EXC;
    const parent = this.current;
    if (parent !== null) {
      if (append(parent, node) === EXC) return EXC;
    } else {
      if (this.root !== null) return raise(parseErrorType, "multiple elements on top level");
      this.root = node;
    }
    this.stack.push(parent);
    this.current = node;
    this.last = node;
    this.tailOf = null;
    return this.tell("start", node) === EXC ? EXC : node;
  }

  text(data: Value): void {
    // Text before the first element belongs to nobody.
    if (this.last !== null) this.data.push(data);
  }

  end(): Result {
    if (this.flush() === EXC) return EXC;
    const parent = this.stack.pop();
    if (parent === undefined) return indexError("pop from empty stack");
    const element = this.current;
    this.last = element;
    this.tailOf = element;
    this.current = parent;
    return this.tell("end", element) === EXC ? EXC : element;
  }

  comment(text: Value): Result {
    if (this.flush() === EXC) return EXC;
    let comment: Value = text;
    if (this.commentFactory !== null) {
      const made = call(this.commentFactory, [text]);
      if (made === EXC) return EXC;
      comment = made;
      if (this.insertsComments && this.insert(made) === EXC) return EXC;
    }
    return this.tell("comment", comment) === EXC ? EXC : comment;
  }
  instruction(target: Value, text: Value): Result {
    if (this.flush() === EXC) return EXC;
    let instruction: Value = newTuple([target, text]);
    if (this.instructionFactory !== null) {
      const made = call(this.instructionFactory, [target, text]);
      if (made === EXC) return EXC;
      instruction = made;
      if (this.insertsInstructions && this.insert(made) === EXC) return EXC;
    }
    return this.tell("pi", instruction) === EXC ? EXC : instruction;
  }
  private insert(node: Value): Status {
    if (this.current === null) return null;
    if (append(this.current, node) === EXC) return EXC;
    this.tailOf = node;
    return null;
  }

  /** Gives the text that has come to where it belongs. */
  private flush(): Status {
    const { data } = this;
    if (data.length === 0) return null;
    this.data = [];
    const text = joined(data);
    if (text === EXC) return EXC;
    if (this.tailOf !== null) return appendTo(this.tailOf, "tail", text);
    return appendTo(this.last, "text", text);
  }
}
export class PyTreeBuilderSub extends withAttributes(PyTreeBuilder) {}

function append(parent: Value, child: Value): Status {
  if (typeOf(parent) === elementType && child instanceof PyElement) {
    (parent as PyElement).append(child);
    return null;
  }
  return callMethod(parent, "append", [child]) === EXC ? EXC : null;
}
function joined(parts: readonly Value[]): Result {
  let text: Value = parts[0];
  for (let i = 1; i < parts.length; i++) {
    const next = parts[i];
    if (typeof text === "string" && typeof next === "string") text += next;
    else {
      const sum = add(text, next);
      if (sum === EXC) return EXC;
      text = sum;
    }
  }
  return text;
}
function appendTo(element: Value, name: "text" | "tail", text: Value): Status {
  const isPlain = typeOf(element) === elementType;
  const before = isPlain ? (element as PyElement)[name] : getAttr(element, name);
  if (before === EXC) return EXC;
  const all = before === null ? text : joined([before, text]);
  if (all === EXC) return EXC;
  if (!isPlain) return setAttr(element, name, all);
  (element as PyElement)[name] = all;
  return null;
}

const INIT = signature(
  "(element_factory=None, *, comment_factory=None, pi_factory=None, insert_comments=False, insert_pis=False)",
);
function builderInit(self: PyTreeBuilder, args: Value[], kwnames: KwNames): Status {
  const count = args.length - (kwnames?.length ?? 0);
  if (count > 1) return typeError(`TreeBuilder() takes at most 1 positional argument (${count} given)`);
  const bound = parseArgs(INIT, "TreeBuilder", args, kwnames);
  if (bound === EXC) return EXC;
  const [elements, comments, instructions, insertComments, insertInstructions] = bound as (Value | undefined)[];
  self.elementFactory = elements ?? null;
  self.commentFactory = comments ?? factories().comment;
  self.instructionFactory = instructions ?? factories().instruction;
  const flags: boolean[] = [];
  for (const given of [insertComments, insertInstructions]) {
    const flag = given === undefined ? false : isTrue(given);
    if (flag === EXC) return EXC;
    flags.push(flag);
  }
  self.insertsComments = flags[0];
  self.insertsInstructions = flags[1];
  return null;
}

export const treeBuilderType: PyType = newType("TreeBuilder", {
  module: "xml.etree.ElementTree",
  doc: null,
  flags: BASETYPE,
  slots: {
    tp_alloc: (cls) => (cls === treeBuilderType ? new PyTreeBuilder(cls) : new PyTreeBuilderSub(cls)),
    tp_init: builderInit,
  },
  methods: () => ({
    data: method("($self, data, /)", (self: PyTreeBuilder, data: Value) => {
      self.text(data);
      return null;
    }),
    start: method("($self, tag, attrs, /)", (self: PyTreeBuilder, tag: Value, attributes: Value): Result => {
      if (!(attributes instanceof PyDict))
        return typeError(`start() argument 2 must be dict, not ${typeName(attributes)}`);
      return self.start(tag, attributes);
    }),
    end: method("($self, tag, /)", (self: PyTreeBuilder, _tag: Value) => self.end()),
    comment: method("($self, text, /)", (self: PyTreeBuilder, text: Value) => self.comment(text)),
    pi: method("($self, target, text=None, /)", (self: PyTreeBuilder, target: Value, text?: Value) =>
      self.instruction(target, text ?? null),
    ),
    close: method("($self, /)", (self: PyTreeBuilder) => self.root),
  }),
});
