/** The object behind `pyexpat.xmlparser`: Python's handlers, buffered text, interned names. */
import { EXC, type Exc, PyObject, type Value } from "../../objects/core.ts";
import { type PyDict, newDict } from "../../objects/dict.ts";
import { newList } from "../../objects/list.ts";
import { call } from "../../objects/protocol/call.ts";
import { rt } from "../../objects/runtime.ts";
import { strFromJs } from "../../objects/str/astral.ts";
import { UTF8 } from "../support/xml/decoders.ts";
import type { XmlParser } from "../support/xml/parser.ts";
import type { HandlerName } from "./events.ts";
import { xmlParserType } from "./parser-type.ts";

export class PyXmlParser extends PyObject {
  readonly handlers = new Map<HandlerName, Value>();
  orderedAttributes = false;
  specifiedAttributes = false;
  buffersText = false;
  bufferSize = 8192;
  /** Text that waits for more of it, and its length in UTF-8. */
  private waiting: string[] = [];
  private waitingLength = 0;
  isInCallback = false;
  /** Wanted even where names are not expanded. */
  namespacePrefixes = false;

  constructor(
    readonly core: XmlParser,
    /** Names that have been seen; null: they are not kept. */
    readonly intern: PyDict | null,
  ) {
    super(xmlParserType.shapes);
  }

  get bufferUsed(): number {
    return this.waitingLength;
  }

  /** A text of the document as a Python str. */
  text(text: string): Value {
    return this.core.input.hasAstral ? strFromJs(text) : text;
  }
  optional(text: string | null): Value {
    return text === null ? null : this.text(text);
  }
  name(text: string | null): Value {
    if (text === null) return null;
    const { intern } = this;
    if (intern === null || this.core.input.hasAstral) return this.text(text);
    if (intern.getStr(text) === undefined) intern.setStr(text, text);
    return text;
  }

  attributes(pairs: readonly string[], specified: number): Value {
    const end = this.specifiedAttributes ? specified : pairs.length;
    if (this.orderedAttributes) {
      const items: Value[] = [];
      for (let i = 0; i < end; i += 2) items.push(this.name(pairs[i]), this.text(pairs[i + 1]));
      return newList(items);
    }
    const dict = newDict();
    for (let i = 0; i < end; i += 2) {
      const name = this.name(pairs[i]);
      if (typeof name === "string") dict.setStr(name, this.text(pairs[i + 1]));
      else dict.set(name, this.text(pairs[i + 1]));
    }
    return dict;
  }

  /** Calls a handler, after the text that waits; undefined: something was raised, and parsing stops. */
  tell(name: HandlerName, makeArgs: () => Value[]): Value | undefined {
    if (rt.exc !== null || this.flush() === EXC) return undefined;
    // The handler of text may have taken this one away.
    const handler = this.handlers.get(name);
    if (handler === undefined) return undefined;
    return this.run(handler, makeArgs());
  }
  private run(handler: Value, args: Value[]): Value | undefined {
    const before = this.isInCallback;
    this.isInCallback = true;
    const result = call(handler, args);
    this.isInCallback = before;
    if (result !== EXC) return result;
    this.fail();
    return undefined;
  }
  /** A handler has raised: nobody is told of anything more. */
  fail(): void {
    this.core.abort();
    for (const name of [...this.handlers.keys()]) this.handlers.delete(name);
    this.waiting = [];
    this.waitingLength = 0;
  }

  addText(text: string): void {
    if (rt.exc !== null) return;
    if (!this.buffersText) {
      this.tellText(text);
      return;
    }
    const length = UTF8.byteLength(text, 0, text.length);
    if (this.waitingLength + length > this.bufferSize) {
      if (this.flush() === EXC || !this.handlers.has("CharacterDataHandler")) return;
    }
    if (length > this.bufferSize || !this.buffersText) {
      this.tellText(text);
      return;
    }
    this.waiting.push(text);
    this.waitingLength += length;
  }
  private tellText(text: string): void {
    const handler = this.handlers.get("CharacterDataHandler");
    if (handler !== undefined) this.run(handler, [this.text(text)]);
  }
  /** Tells the text that waits. */
  flush(): Exc | null {
    if (this.waitingLength === 0) return null;
    const text = this.waiting.join("");
    this.waiting = [];
    this.waitingLength = 0;
    this.tellText(text);
    return rt.exc === null ? null : EXC;
  }
}
