/** `XMLParser`: the XML parser of `support/xml` over a target, most often a `TreeBuilder`, which is called directly. */
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
import { bytesLike } from "../../objects/buffer.ts";
import { encodeText } from "../../objects/codecs/codecs.ts";
import { getset, method, newType, parseArgs, signature } from "../../objects/define.ts";
import { type PyDict, newDict } from "../../objects/dict.ts";
import { typeError, valueError } from "../../objects/errors.ts";
import { runtimeWarningType } from "../../objects/exceptions/types.ts";
import { call, call0, call1 } from "../../objects/protocol/call.ts";
import { listFromIterable } from "../../objects/protocol/iter.ts";
import { getAttr, lookupAttr } from "../../objects/protocol/object.ts";
import { warn } from "../../objects/protocol/warn.ts";
import { rt } from "../../objects/runtime.ts";
import { strFromJs, strToJs } from "../../objects/str/astral.ts";
import { newTuple } from "../../objects/tuple.ts";
import { typeOf } from "../../objects/types.ts";
import { strValue } from "../../objects/values.ts";
import { withAttributes } from "../../objects/with-attributes.ts";
import { ERROR } from "../support/xml/codes.ts";
import { charactersOf } from "../support/xml/expat-error.ts";
import { XmlParser } from "../support/xml/parser.ts";
import { typeName } from "./element.ts";
import { raiseParseError } from "./parse-error.ts";
import { type PyTreeBuilder, treeBuilderType } from "./tree-builder.ts";

/** Of a file, at a time. */
const READ_SIZE = 64 * 1024;

/** Methods of a target, each of which it may have or not. */
const TARGET_METHODS = ["start_ns", "end_ns", "start", "data", "end", "comment", "pi", "close", "doctype"] as const;
type TargetMethod = (typeof TARGET_METHODS)[number];

export class PyXmlParser extends PyObject {
  core: XmlParser | null = null;
  target: Value = null;
  /** The target, when it is just a `TreeBuilder`. */
  builder: PyTreeBuilder | null = null;
  entity: PyDict = newDict();
  private readonly methods = new Map<TargetMethod, Value>();
  /** Names of the document as they are shown, `{uri}local`. */
  private readonly names = new Map<string, Value>();

  constructor(cls: PyType) {
    super(cls.shapes);
  }

  init(target: Value, encoding: string | null): Status {
    const core = new XmlParser(encoding, "}");
    this.core = core;
    this.target = target;
    this.builder = typeOf(target) === treeBuilderType ? (target as PyTreeBuilder) : null;
    this.entity = newDict();
    this.names.clear();
    this.methods.clear();
    for (const name of TARGET_METHODS) {
      const found = lookupAttr(target, name);
      if (found === EXC) return EXC;
      if (found !== undefined) this.methods.set(name, found);
    }
    this.connect(core);
    return null;
  }
  private connect(core: XmlParser): void {
    const { handlers } = core;
    handlers.unknownEncoding = charactersOf;
    handlers.startElement = (name, attributes) => this.start(name, attributes);
    handlers.endElement = (name) => this.end(name);
    handlers.characterData = (text) => this.data(this.text(text));
    handlers.default = (text) => this.reference(text);
    handlers.startDoctype = (name, systemId, publicId) => this.doctype(name, systemId, publicId);
    if (this.methods.has("start_ns"))
      handlers.startNamespace = (prefix, uri) => this.tell("start_ns", [this.text(prefix ?? ""), this.text(uri ?? "")]);
    if (this.methods.has("end_ns")) handlers.endNamespace = (prefix) => this.tell("end_ns", [this.text(prefix ?? "")]);
    if (this.methods.has("comment")) handlers.comment = (text) => this.comment(this.text(text));
    if (this.methods.has("pi"))
      handlers.processingInstruction = (target, data) => this.instruction(this.name(target), this.text(data));
  }

  // ── what the document says ─────────────────────────────────────────────────────────────────────────────────
  private text(text: string): Value {
    return this.core?.input.hasAstral ? strFromJs(text) : text;
  }
  private name(name: string): Value {
    let known = this.names.get(name);
    if (known === undefined) {
      known = this.text(name.includes("}") ? `{${name}` : name);
      this.names.set(name, known);
    }
    return known;
  }
  /** Something was raised: the rest of the document is not told. */
  private check(result: Result | Status): void {
    if (result === EXC) this.core?.abort();
  }
  private tell(name: TargetMethod, args: Value[]): void {
    const found = this.methods.get(name);
    if (found !== undefined && rt.exc === null) this.check(call(found, args));
  }

  private start(name: string, attributes: readonly string[]): void {
    if (rt.exc !== null) return;
    const tag = this.name(name);
    let dict: PyDict | null = null;
    if (attributes.length > 0 || this.builder === null) {
      dict = newDict();
      for (let i = 0; i < attributes.length; i += 2) {
        const key = this.name(attributes[i]);
        if (typeof key === "string") dict.setStr(key, this.text(attributes[i + 1]));
        else dict.set(key, this.text(attributes[i + 1]));
      }
    }
    if (this.builder !== null) this.check(this.builder.start(tag, dict));
    else this.tell("start", [tag, dict]);
  }
  private end(name: string): void {
    if (rt.exc !== null) return;
    if (this.builder !== null) this.check(this.builder.end());
    else this.tell("end", [this.name(name)]);
  }
  private data(text: Value): void {
    if (this.builder !== null) this.builder.text(text);
    else this.tell("data", [text]);
  }
  private comment(text: Value): void {
    if (rt.exc !== null) return;
    if (this.builder !== null) this.check(this.builder.comment(text));
    else this.tell("comment", [text]);
  }
  private instruction(target: Value, text: Value): void {
    if (rt.exc !== null) return;
    if (this.builder !== null) this.check(this.builder.instruction(target, text));
    else this.tell("pi", [target, text]);
  }

  /** Markup that nobody is told of; references to entities of the parser's own `entity` dict among it. */
  private reference(markup: string): void {
    if (rt.exc !== null || markup.length < 2 || !markup.startsWith("&")) return;
    const value = this.entity.get(this.text(markup.slice(1, -1)));
    if (value === undefined) {
      raiseParseError(this.core as XmlParser, ERROR.UNDEFINED_ENTITY);
      this.check(EXC);
    } else if (value === EXC) this.check(EXC);
    else this.data(value);
  }
  private doctype(name: string, systemId: string | null, publicId: string | null): void {
    if (rt.exc !== null) return;
    const args = [name, publicId, systemId].map((text) => (text === null ? null : this.text(text)));
    if (this.methods.has("doctype")) {
      this.tell("doctype", args);
      return;
    }
    const own = lookupAttr(this, "doctype");
    if (own === EXC) this.check(EXC);
    else if (own !== undefined)
      this.check(
        warn(
          runtimeWarningType,
          "The doctype() method of XMLParser is deprecated.  Define doctype() method on the TreeBuilder target.",
        ),
      );
  }

  // ── parsing ────────────────────────────────────────────────────────────────────────────────────────────────
  feed(data: Value): Result {
    const core = this.core as XmlParser;
    const text = strValue(data);
    if (text === undefined) {
      const bytes = bytesLike(data);
      return bytes === EXC ? EXC : this.parse(bytes, false);
    }
    const encoded = encodeText(text, "utf-8", "surrogatepass");
    if (encoded === EXC) return EXC;
    if (!core.hasStarted) core.encoding = "utf-8";
    return this.parse(encoded.latin1, false);
  }
  parse(bytes: string, isFinal: boolean): Result {
    const core = this.core as XmlParser;
    const code = core.parse(bytes, isFinal);
    if (rt.exc !== null) return EXC;
    return code === 0 ? null : raiseParseError(core, code);
  }
  close(): Result {
    if (this.parse("", true) === EXC) return EXC;
    if (this.builder !== null) return this.builder.root;
    const close = this.methods.get("close");
    return close === undefined ? null : call0(close);
  }
  /** Tells all that can be told. */
  flush(): Result {
    const core = this.core as XmlParser;
    const { defersReparsing } = core;
    core.defersReparsing = false;
    const result = this.parse("", false);
    core.defersReparsing = defersReparsing;
    return result;
  }
  parseWhole(file: Value): Result {
    const read = getAttr(file, "read");
    if (read === EXC) return EXC;
    for (;;) {
      const chunk = call1(read, READ_SIZE);
      if (chunk === EXC) return EXC;
      if (isEmpty(chunk)) break;
      if (this.feed(chunk) === EXC) return EXC;
    }
    if (this.parse("", true) === EXC) return EXC;
    return this.builder === null ? null : this.builder.root;
  }

  setEvents(queue: Value, asked: Value): Result {
    if (this.builder === null) return typeError("event handling only supported for ElementTree.TreeBuilder targets");
    const append = getAttr(queue, "append");
    if (append === EXC) return EXC;
    const names = new Map<string, Value>();
    if (asked === null) names.set("end", "end");
    else {
      const items = listFromIterable(asked);
      if (items === EXC) return EXC;
      for (const item of items) {
        const text = strValue(item);
        if (text === undefined) return valueError("invalid events sequence");
        const name = strToJs(text);
        if (!EVENTS.includes(name)) return valueError(`unknown event '${name}'`);
        names.set(name, item);
      }
    }
    this.builder.events = { append, names };
    this.hear(this.builder, names);
    return null;
  }
  private hear(builder: PyTreeBuilder, names: ReadonlyMap<string, Value>): void {
    const { handlers } = this.core as XmlParser;
    if (names.has("start-ns"))
      handlers.startNamespace = (prefix, uri) => {
        const pair = newTuple([this.text(prefix ?? ""), this.text(uri ?? "")]);
        if (rt.exc === null) this.check(builder.tellNamespace("start-ns", pair));
      };
    if (names.has("end-ns"))
      handlers.endNamespace = () => {
        if (rt.exc === null) this.check(builder.tellNamespace("end-ns", null));
      };
  }
}
export class PyXmlParserSub extends withAttributes(PyXmlParser) {}

const EVENTS = ["start", "end", "start-ns", "end-ns", "comment", "pi"];

function isEmpty(chunk: Value): boolean {
  const text = strValue(chunk);
  if (text !== undefined) return text.length === 0;
  return chunk instanceof PyObject && "length" in chunk && chunk.length === 0;
}

const INIT = signature("(*, target=None, encoding=None)");
function parserInit(self: PyXmlParser, args: Value[], kwnames: KwNames): Status {
  if (args.length > (kwnames?.length ?? 0)) return typeError("XMLParser() takes no positional arguments");
  const bound = parseArgs(INIT, "XMLParser", args, kwnames);
  if (bound === EXC) return EXC;
  const [target, encoding] = bound as (Value | undefined)[];
  let encodingText: string | null = null;
  if (encoding !== undefined && encoding !== null) {
    const text = strValue(encoding);
    if (text === undefined)
      return typeError(`XMLParser() argument 'encoding' must be str or None, not ${typeName(encoding)}`);
    encodingText = strToJs(text);
  }
  const builder: Value | Exc = (target ?? null) === null ? call0(treeBuilderType) : (target as Value);
  return builder === EXC ? EXC : self.init(builder, encodingText);
}

/** Methods of a parser whose `__init__` has not run. */
const ready =
  (run: (self: PyXmlParser, ...args: Value[]) => Result) =>
  (self: PyXmlParser, ...args: Value[]): Result =>
    self.core === null ? valueError("parser not initialized") : run(self, ...args);

export const xmlParserType: PyType = newType("XMLParser", {
  module: "xml.etree.ElementTree",
  doc: null,
  flags: BASETYPE,
  slots: {
    tp_alloc: (cls) => (cls === xmlParserType ? new PyXmlParser(cls) : new PyXmlParserSub(cls)),
    tp_init: parserInit,
  },
  methods: () => ({
    feed: method(
      "($self, data, /)",
      ready((self, data) => self.feed(data)),
    ),
    close: method(
      "($self, /)",
      ready((self) => self.close()),
    ),
    flush: method(
      "($self, /)",
      ready((self) => self.flush()),
    ),
    _parse_whole: method(
      "($self, file, /)",
      ready((self, file) => self.parseWhole(file)),
    ),
    _setevents: method(
      "($self, events_queue, events_to_report=None, /)",
      ready((self, queue, asked) => self.setEvents(queue, asked ?? null)),
    ),
  }),
  getset: () => ({ version: getset((self: PyXmlParser) => (self.core === null ? "" : "Expat 2.9.0")) }),
  members: () => ({
    entity: (self: PyXmlParser) => self.entity,
    target: (self: PyXmlParser) => self.target,
  }),
});
