/** Events, errors and places against Expat 2.9 as CPython 3.14 shows them (`parser.cases.txt`). */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { ERROR } from "./codes.ts";
import type { Handlers, Model } from "./handlers.ts";
import { XmlParser } from "./parser.ts";

interface Case {
  /** Bytes, as Latin-1. */
  doc: string;
  separator: string | null;
  /** Of the pieces that it comes in. */
  size: number;
  parameters: number;
  expand: boolean;
  triplets: boolean;
  /** A name, what was told, and the place. */
  events: unknown[][];
  error: number;
  end: number[];
}

const cases = readFileSync(new URL("parser.cases.txt", import.meta.url), "utf8")
  .trimEnd()
  .split("\n")
  .map((line) => JSON.parse(line) as Case);

const modelOf = ({ type, quantifier, name, children }: Model): unknown[] => [
  type,
  quantifier,
  name,
  children.map(modelOf),
];

/** Makes every handler note what it is told. */
function listen(parser: XmlParser, events: unknown[][]): void {
  const handlers = parser.handlers as unknown as Record<keyof Handlers, unknown>;
  const place = (): number[] => [parser.byteIndex, parser.line, parser.column];
  for (const name of Object.keys(handlers) as (keyof Handlers)[]) {
    if (name === "unknownEncoding") continue;
    handlers[name] = (...told: unknown[]): boolean => {
      if (name === "startElement") told.length = 2;
      if (name === "elementDeclaration") told[1] = modelOf(told[1] as Model);
      const asNumbers = told.map((value) => (typeof value === "boolean" ? Number(value) : value));
      events.push([name, ...asNumbers, ...place()]);
      return true;
    };
  }
}

function outcome(given: Case): Pick<Case, "events" | "error" | "end"> {
  const parser = new XmlParser(null, given.separator);
  const events: unknown[][] = [];
  listen(parser, events);
  // The upper half of code page 1252 as far as the cases use it.
  parser.handlers.unknownEncoding = (name) =>
    name === "cp1252" ? String.fromCharCode(...Array(128).keys(), 0x20ac, ...Array(127).fill(0xffff)) : undefined;
  parser.defersReparsing = false;
  parser.parameterParsing = given.parameters;
  parser.expandsEntities = given.expand;
  if (parser.namespaces !== null) parser.namespaces.showsPrefixes = given.triplets;
  let error = 0;
  for (let i = 0; i < given.doc.length && error === 0; i += given.size)
    error = parser.parse(given.doc.slice(i, i + given.size), false);
  if (error === 0) error = parser.parse("", true);
  return { events, error, end: [parser.byteIndex, parser.line, parser.column] };
}

test("documents, right and wrong, in pieces", () => {
  for (const given of cases) {
    const { events, error, end } = given;
    assert.deepEqual(outcome(given), { events, error, end }, JSON.stringify(given.doc));
  }
});

function errorOf(doc: string, prepare: (parser: XmlParser) => void = () => undefined): number {
  const parser = new XmlParser(null, null);
  prepare(parser);
  return parser.parse(doc, true);
}

test("entities that multiply are stopped", () => {
  const rows = Array.from({ length: 4 }, (_, i) => `<!ENTITY r${i + 1} "${`&r${i};`.repeat(10)}">`).join("");
  const doc = `<!DOCTYPE d [<!ENTITY r0 ".">${rows}]><d>&r4;</d>`;
  assert.equal(errorOf(doc), 0);
  const code = errorOf(doc, ({ limits }) => {
    limits.expansionThreshold = 1000;
    limits.maximumExpansion = 10;
  });
  assert.equal(code, ERROR.AMPLIFICATION_LIMIT_BREACH);
  const memory = errorOf(doc, ({ limits }) => {
    limits.memoryThreshold = 0;
    limits.maximumMemory = 1;
  });
  assert.equal(memory, ERROR.NO_MEMORY);
});

test("a token that is not complete is tried again when the input has doubled", () => {
  for (const defers of [true, false]) {
    const parser = new XmlParser(null, null);
    const names: string[] = [];
    parser.defersReparsing = defers;
    parser.handlers.startElement = (name) => names.push(name);
    parser.parse("<doc", false);
    parser.parse("/>", false);
    assert.deepEqual(names, defers ? [] : ["doc"]);
    parser.parse("", true);
    assert.deepEqual(names, ["doc"]);
  }
});

test("external entities are read by parsers of their own", () => {
  const parser = new XmlParser(null, null);
  const texts: string[] = [];
  parser.parameterParsing = 2;
  parser.handlers.characterData = (text) => texts.push(text);
  const files: Record<string, string> = {
    "a.dtd":
      '<?xml encoding="utf-8"?><![INCLUDE[<!ENTITY % s "S"><!ENTITY % q "<!ENTITY r \'R%s;\'>">%q;]]>' +
      '<![IGNORE[ <![ x ]]> ]]><!ATTLIST d k CDATA "v">',
    "b.xml": '<?xml encoding="us-ascii"?>B&r;',
  };
  parser.handlers.externalEntity = (context, _base, systemId) => {
    const child = parser.externalParser(context, null);
    assert.equal(child.parse(files[systemId as string], true), 0);
    return true;
  };
  let attributes: string[] = [];
  parser.handlers.startElement = (_name, given) => {
    attributes = given;
  };
  const doc = '<!DOCTYPE d SYSTEM "a.dtd" [<!ENTITY b SYSTEM "b.xml">]><d>&b;&r;</d>';
  assert.equal(parser.parse(doc, true), 0);
  assert.deepEqual(texts, ["B", "RS", "RS"]);
  assert.deepEqual(attributes, ["k", "v"]);
});
