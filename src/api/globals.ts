/** The names of an interpreter's `__main__`, for JavaScript. */
import { EXC } from "../objects/core.ts";
import { strFromJs, strToJs } from "../objects/str/astral.ts";
import { type JsValue, fromJs, toJs } from "./convert.ts";
import { mainModule } from "./program.ts";
import type { Session } from "./session.ts";

export class Globals {
  readonly #session: Session;

  constructor(session: Session) {
    this.#session = session;
  }

  /** The converted value; undefined when there is no such name. */
  get(name: string): JsValue | undefined {
    return this.#session.enter(() => {
      const value = mainModule().dict.get(strFromJs(name));
      return value === EXC || value === undefined ? value : toJs(this.#session, value);
    });
  }
  set(name: string, value: unknown): void {
    this.#session.enter(() => mainModule().dict.set(strFromJs(name), fromJs(this.#session, value)));
  }
  has(name: string): boolean {
    return this.#session.enter(() => mainModule().dict.has(strFromJs(name)));
  }
  delete(name: string): boolean {
    return this.#session.enter(() => mainModule().dict.delete(strFromJs(name)));
  }
  /** All names, in the order in which they were set. */
  keys(): string[] {
    return this.#session.enter(() =>
      mainModule()
        .dict.keys()
        .flatMap((key) => (typeof key === "string" ? [strToJs(key)] : [])),
    );
  }
}
