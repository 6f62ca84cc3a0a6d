/** A Python object in JavaScript's hands: instances, classes, functions, modules – what has no counterpart. */
import type { Value } from "../objects/core.ts";
import { call } from "../objects/protocol/call.ts";
import { getAttr, hasAttr, repr, setAttr, str } from "../objects/protocol/object.ts";
import { EXC } from "../objects/core.ts";
import { strToJs } from "../objects/str/astral.ts";
import { typeOf } from "../objects/types.ts";
import { type JsValue, fromJs, toJs } from "./convert.ts";
import type { Session } from "./session.ts";

export class PythonObject {
  readonly #session: Session;
  readonly #value: Value;

  /** Not for users: `run`, `globals` and conversions make these. */
  constructor(session: Session, value: Value) {
    this.#session = session;
    this.#value = value;
  }

  /** The name of the object's class. */
  get type(): string {
    return typeOf(this.#value).qualname;
  }
  get(attribute: string): JsValue {
    return this.#session.enter(() => {
      const value = getAttr(this.#value, attribute);
      return value === EXC ? EXC : toJs(this.#session, value);
    });
  }
  set(attribute: string, value: unknown): void {
    this.#session.enter(() => setAttr(this.#value, attribute, fromJs(this.#session, value)));
  }
  has(attribute: string): boolean {
    return this.#session.enter(() => hasAttr(this.#value, attribute));
  }
  call(...args: unknown[]): JsValue {
    return this.callWith(args, {});
  }
  /** With keyword arguments. */
  callWith(args: readonly unknown[], keywords: Readonly<Record<string, unknown>>): JsValue {
    return this.#session.enter(() => {
      const names = Object.keys(keywords);
      const values = [...args, ...Object.values(keywords)].map((value) => fromJs(this.#session, value));
      const result = call(this.#value, values, names.length > 0 ? names : null);
      return result === EXC ? EXC : toJs(this.#session, result);
    });
  }
  repr(): string {
    return this.#session.enter(() => {
      const text = repr(this.#value);
      return text === EXC ? EXC : strToJs(text);
    });
  }
  /** `str(object)`. */
  toString(): string {
    return this.#session.enter(() => {
      const text = str(this.#value);
      return text === EXC ? EXC : strToJs(text);
    });
  }
  /** Not for users: the object, for the interpreter it belongs to. */
  valueFor(session: Session): Value {
    if (session !== this.#session) throw new TypeError("a Python object cannot pass from one interpreter to another");
    return this.#value;
  }
}
