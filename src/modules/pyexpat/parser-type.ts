/** The type `pyexpat.xmlparser`. */
import { DISALLOW_INSTANTIATION, EXC, type Exc, type Result, type Status, type Value } from "../../objects/core.ts";
import { bytesLike } from "../../objects/buffer.ts";
import { PyByteArray, PyBytes, newBytes } from "../../objects/bytes.ts";
import { encodeText } from "../../objects/codecs/codecs.ts";
import { getset, method, newType } from "../../objects/define.ts";
import { newDict } from "../../objects/dict.ts";
import { overflowError, runtimeError, typeError, valueError } from "../../objects/errors.ts";
import type { GetSet } from "../../objects/descriptors.ts";
import { call1 } from "../../objects/protocol/call.ts";
import { asDouble, asIndex } from "../../objects/protocol/convert.ts";
import { isTrue, lookupAttr } from "../../objects/protocol/object.ts";
import { rt } from "../../objects/runtime.ts";
import { typeName } from "../../objects/str/args.ts";
import { strToJs } from "../../objects/str/astral.ts";
import { typeOf } from "../../objects/types.ts";
import { intValue, strValue } from "../../objects/values.ts";
import { asInt } from "../support/arguments.ts";
import { ERROR } from "../support/xml/codes.ts";
import { charactersOf, raiseExpatError } from "../support/xml/expat-error.ts";
import { XmlParser } from "../support/xml/parser.ts";
import { EVENTS, type HandlerName, setHandler } from "./events.ts";
import { PyXmlParser } from "./parser-object.ts";

const BUFFER_LIMIT = 2 ** 31 - 1;
/** What is read from a file at a time. */
const READ_SIZE = 2048;

/** A parser as `ParserCreate` makes it. */
export function newParser(
  encoding: string | null,
  separator: string | null,
  intern: PyXmlParser["intern"] | undefined,
): PyXmlParser {
  return connect(new PyXmlParser(new XmlParser(encoding, separator), intern === undefined ? newDict() : intern));
}
function connect(self: PyXmlParser): PyXmlParser {
  self.core.handlers.unknownEncoding = charactersOf;
  return self;
}

/** An argument that is a str or None. */
export function optionalText(name: string, argument: string, value: Value | undefined): string | null | Exc {
  if (value === undefined || value === null) return null;
  const text = strValue(value);
  return text === undefined
    ? typeError(`${name}() argument ${argument} must be str or None, not ${typeName(value)}`)
    : strToJs(text);
}

// ── parsing ──────────────────────────────────────────────────────────────────────────────────────────────────
function parse(self: PyXmlParser, data: Value, isFinal: Value | undefined): Result {
  if (self.isInCallback) return runtimeError("cannot call Parse() from within a handler");
  const final = isFinal === undefined ? false : isTrue(isFinal);
  if (final === EXC) return EXC;
  const text = strValue(data);
  let bytes: string | Exc;
  if (text === undefined) bytes = bytesLike(data);
  else {
    const encoded = encodeText(text);
    bytes = encoded === EXC ? EXC : encoded.latin1;
    // Whatever a declaration in it says, this text is UTF-8 now.
    if (!self.core.hasStarted) self.core.encoding = "utf-8";
  }
  return bytes === EXC ? EXC : feed(self, bytes, final);
}
function feed(self: PyXmlParser, bytes: string, isFinal: boolean): Result {
  const code = self.core.parse(bytes, isFinal);
  if (rt.exc !== null) return EXC;
  if (code !== 0) return raiseExpatError(self.core, code);
  return self.flush() === EXC ? EXC : 1;
}

function parseFile(self: PyXmlParser, file: Value): Result {
  if (self.isInCallback) return runtimeError("cannot call ParseFile() from within a handler");
  const read = lookupAttr(file, "read");
  if (read === EXC) return EXC;
  if (read === undefined) return typeError("argument must have 'read' attribute");
  for (;;) {
    const chunk = call1(read, READ_SIZE);
    if (chunk === EXC) return EXC;
    if (!(chunk instanceof PyBytes || chunk instanceof PyByteArray))
      return typeError(`read() did not return a bytes object (type=${typeOf(chunk).name})`);
    if (chunk.length > READ_SIZE)
      return valueError(`read() returned too much data: ${READ_SIZE} bytes requested, ${chunk.length} returned`);
    const done = feed(self, chunk.toLatin1(), chunk.length === 0);
    if (done === EXC || chunk.length === 0) return done;
  }
}

function externalEntityParser(self: PyXmlParser, context: Value, encoding: Value | undefined): Result {
  const name = "ExternalEntityParserCreate";
  const contextText = optionalText(name, "1", context);
  if (contextText === EXC) return EXC;
  let encodingText: string | null = null;
  if (encoding !== undefined) {
    const text = strValue(encoding);
    if (text === undefined) return typeError(`${name}() argument 2 must be str, not ${typeName(encoding)}`);
    encodingText = strToJs(text);
  }
  const child = new PyXmlParser(self.core.externalParser(contextText, encodingText), self.intern);
  child.buffersText = self.buffersText;
  child.bufferSize = self.bufferSize;
  child.orderedAttributes = self.orderedAttributes;
  child.specifiedAttributes = self.specifiedAttributes;
  for (const [handlerName, handler] of self.handlers) setHandler(child, handlerName, handler);
  return connect(child);
}

// ── attributes ───────────────────────────────────────────────────────────────────────────────────────────────
const undeletable = (value: Value | undefined): value is undefined => {
  if (value !== undefined) return false;
  runtimeError("Cannot delete attribute");
  return true;
};

function handlerAttribute(name: HandlerName): GetSet {
  return getset(
    (self: PyXmlParser) => self.handlers.get(name) ?? null,
    (self: PyXmlParser, value): Status => {
      if (undeletable(value)) return EXC;
      // Text that was read for the old handler is told to it.
      if (name === "CharacterDataHandler" && self.flush() === EXC) return EXC;
      setHandler(self, name, value);
      return null;
    },
  );
}

function flag(
  get: (self: PyXmlParser) => boolean,
  set: (self: PyXmlParser, value: boolean) => Status | undefined,
): GetSet {
  return getset(get, (self: PyXmlParser, value): Status => {
    if (undeletable(value)) return EXC;
    const truth = isTrue(value);
    return truth === EXC ? EXC : (set(self, truth) ?? null);
  });
}

function setBufferSize(self: PyXmlParser, value: Value | undefined): Status {
  if (undeletable(value)) return EXC;
  const size = intValue(value);
  if (size === undefined) return typeError("buffer_size must be an integer");
  if (size <= 0) return valueError("buffer_size must be greater than zero");
  if (typeof size === "bigint" && BigInt.asIntN(64, size) !== size)
    return overflowError("Python int too large to convert to C long");
  if (size === self.bufferSize) return null;
  if (size > BUFFER_LIMIT) return valueError(`buffer_size must not be greater than ${BUFFER_LIMIT}`);
  if (self.flush() === EXC) return EXC;
  self.bufferSize = Number(size);
  return null;
}

// ── protection ───────────────────────────────────────────────────────────────────────────────────────────────
type LimitName = "expansionThreshold" | "memoryThreshold" | "maximumExpansion" | "maximumMemory";

function setThreshold(name: LimitName): (self: PyXmlParser, value: Value) => Result {
  return ({ core }, value) => {
    const threshold = asIndex(value);
    if (threshold === EXC) return EXC;
    if (threshold < 0) return valueError("Cannot convert negative int");
    if (threshold >= 2n ** 64n) return overflowError("Python int too large for C unsigned long long");
    return setLimit(core, name, Number(threshold));
  };
}
function setFactor(name: LimitName): (self: PyXmlParser, value: Value) => Result {
  return ({ core }, value) => {
    const factor = asDouble(value);
    if (factor === EXC) return EXC;
    if (core.parent === null && !(factor >= 1))
      return raiseExpatError(core, ERROR.INVALID_ARGUMENT, "'max_factor' must be at least 1.0");
    return setLimit(core, name, factor);
  };
}
function setLimit(core: XmlParser, name: LimitName, value: number): Result {
  if (core.parent !== null) return raiseExpatError(core, ERROR.INVALID_ARGUMENT, "parser must be a root parser");
  core.limits[name] = value;
  return null;
}

export const xmlParserType = newType("xmlparser", {
  module: "pyexpat",
  doc: "XML parser",
  flags: DISALLOW_INSTANTIATION,
  slots: { tp_new: null },
  methods: () => ({
    Parse: method("($self, data, isfinal=False, /)", parse, "Parse XML data."),
    ParseFile: method("($self, file, /)", parseFile, "Parse XML data from a file-like object."),
    SetBase: method(
      "($self, base, /)",
      (self: PyXmlParser, base: Value): Result => {
        const text = strValue(base);
        if (text === undefined) return typeError(`SetBase() argument must be str, not ${typeName(base)}`);
        self.core.base = strToJs(text);
        return null;
      },
      "Set the base URL for the parser.",
    ),
    GetBase: method("($self, /)", (self: PyXmlParser) => self.core.base, "Return base URL string for the parser."),
    GetInputContext: method(
      "($self, /)",
      (self: PyXmlParser): Result => {
        const { core } = self;
        if (!self.isInCallback || core.input.decoder === null) return null;
        const { text } = core.input;
        const encoded = encodeText(self.text(text.slice(core.eventAt)) as string);
        return encoded === EXC ? EXC : newBytes(encoded.latin1);
      },
      "Return the untranslated text of the input that caused the current event.",
    ),
    ExternalEntityParserCreate: method(
      "($self, context, encoding=<unrepresentable>, /)",
      externalEntityParser,
      "Create a parser for parsing an external entity based on the information passed to the ExternalEntityRefHandler.",
    ),
    SetParamEntityParsing: method(
      "($self, flag, /)",
      (self: PyXmlParser, value: Value): Result => {
        const mode = asInt(value);
        if (mode === EXC) return EXC;
        if (self.core.isBusy) return 0;
        self.core.parameterParsing = mode;
        return 1;
      },
      "Controls parsing of parameter entities (including the external DTD subset).",
    ),
    UseForeignDTD: method(
      "($self, flag=True, /)",
      (self: PyXmlParser, value?: Value): Result => {
        const truth = value === undefined ? true : isTrue(value);
        if (truth === EXC) return EXC;
        if (self.core.isBusy) return raiseExpatError(self.core, ERROR.CANT_CHANGE_FEATURE_ONCE_PARSING);
        self.core.useForeignDtd = truth;
        return null;
      },
      "Allows the application to provide an artificial external subset if one is not specified.",
    ),
    SetReparseDeferralEnabled: method(
      "($self, enabled, /)",
      (self: PyXmlParser, value: Value): Result => {
        const truth = isTrue(value);
        if (truth === EXC) return EXC;
        self.core.defersReparsing = truth;
        return null;
      },
      "Enable/Disable reparse deferral; enabled by default.",
    ),
    GetReparseDeferralEnabled: method(
      "($self, /)",
      (self: PyXmlParser) => self.core.defersReparsing,
      "Retrieve reparse deferral enabled status.",
    ),
    SetBillionLaughsAttackProtectionActivationThreshold: method(
      "($self, threshold, /)",
      setThreshold("expansionThreshold"),
      "Sets the number of output bytes needed to activate protection against billion laughs attacks.",
    ),
    SetBillionLaughsAttackProtectionMaximumAmplification: method(
      "($self, max_factor, /)",
      setFactor("maximumExpansion"),
      "Sets the maximum tolerated amplification factor for protection against billion laughs attacks.",
    ),
    SetAllocTrackerActivationThreshold: method(
      "($self, threshold, /)",
      setThreshold("memoryThreshold"),
      "Sets the number of allocated bytes of dynamic memory needed to activate protection.",
    ),
    SetAllocTrackerMaximumAmplification: method(
      "($self, max_factor, /)",
      setFactor("maximumMemory"),
      "Sets the maximum amplification factor between direct input and bytes of dynamic memory allocated.",
    ),
  }),
  getset: () => ({
    ...(Object.fromEntries(Object.keys(EVENTS).map((name) => [name, handlerAttribute(name as HandlerName)])) as Record<
      HandlerName,
      GetSet
    >),
    ErrorCode: getset((self: PyXmlParser) => self.core.errorCode),
    ErrorLineNumber: getset((self: PyXmlParser) => self.core.line),
    ErrorColumnNumber: getset((self: PyXmlParser) => self.core.column),
    ErrorByteIndex: getset((self: PyXmlParser) => self.core.byteIndex),
    CurrentLineNumber: getset((self: PyXmlParser) => self.core.line),
    CurrentColumnNumber: getset((self: PyXmlParser) => self.core.column),
    CurrentByteIndex: getset((self: PyXmlParser) => self.core.byteIndex),
    buffer_text: flag(
      (self) => self.buffersText,
      (self, value) => {
        if (!value && self.flush() === EXC) return EXC;
        self.buffersText = value;
        return undefined;
      },
    ),
    buffer_size: getset((self: PyXmlParser) => self.bufferSize, setBufferSize),
    buffer_used: getset((self: PyXmlParser) => self.bufferUsed),
    namespace_prefixes: flag(
      (self) => self.core.namespaces?.showsPrefixes ?? self.namespacePrefixes,
      (self, value) => {
        self.namespacePrefixes = value;
        if (self.core.namespaces !== null) self.core.namespaces.showsPrefixes = value;
        return undefined;
      },
    ),
    ordered_attributes: flag(
      (self) => self.orderedAttributes,
      (self, value) => {
        self.orderedAttributes = value;
        return undefined;
      },
    ),
    specified_attributes: flag(
      (self) => self.specifiedAttributes,
      (self, value) => {
        self.specifiedAttributes = value;
        return undefined;
      },
    ),
  }),
  members: () => ({ intern: (self: PyXmlParser) => self.intern }),
});
