/** The diagnosing grammar: string literals and the fields of f- and t-strings. */
import * as T from "../tokens.ts";
import { middleConstant, stringConstant } from "../strings.ts";
import { type Diagnoser, type Rule, type Tree, ahead, any, group, last, many, not, opt, some } from "./engine.ts";
import { annotatedRhs } from "./expressions.ts";

export function strings(d: Diagnoser): Tree | null {
  return d.memo(stringsRule);
}

const plainOrFString = any(fstring, string);
const plainStrings = some(plainOrFString);
const templates = some(tstring);

function stringsRule(d: Diagnoser): Tree | null {
  d.diagnose(invalidMixedStrings);
  const tree = plainStrings(d);
  if (tree !== null) return concatenation(d, tree);
  const template = templates(d);
  return template === null ? null : { ...template, kind: "TemplateStr" };
}

function concatenation(d: Diagnoser, tree: Tree): Tree {
  const bytes = tree.parts.filter((part) => part.kind === "bytes").length;
  if (bytes > 0 && bytes < tree.parts.length) d.failHere("cannot mix bytes and nonbytes literals");
  const formatted = tree.parts.some((part) => part.kind === "JoinedStr");
  return { ...tree, kind: formatted ? "JoinedStr" : "Constant", parts: [] };
}

const MIXED = "cannot mix t-string literals with string or bytes literals";

function invalidMixedStrings(d: Diagnoser): Tree | null {
  let tree = d.all("", plainStrings, tstring);
  if (tree !== null) d.failRange(last(tree.parts[0]), tree.parts[1], MIXED);
  tree = d.all("", templates, plainOrFString);
  return tree === null ? null : d.failRange(last(tree.parts[0]), tree.parts[1], MIXED);
}

function string(d: Diagnoser): Tree | null {
  const tree = d.token(T.STRING);
  if (tree === null) return null;
  // With the rules for invalid syntax on, CPython has warned of this string before.
  const value = stringConstant(d.p, tree.start, !d.invalid);
  if (!("error" in value)) return { ...tree, kind: value.t === "bytes" ? "bytes" : "str" };
  if (value.error.startsWith("(")) d.failHere(value.error);
  return d.fail(tree, value.error);
}

function fstring(d: Diagnoser): Tree | null {
  return joined(d, "JoinedStr", T.FSTRING_START, fstringMiddles, T.FSTRING_END);
}

function tstring(d: Diagnoser): Tree | null {
  return d.memo(tstringRule);
}

function tstringRule(d: Diagnoser): Tree | null {
  const tree = joined(d, "TemplateStr", T.TSTRING_START, tstringMiddles, T.TSTRING_END);
  if (tree !== null) d.requireVersion(14, "t-strings are");
  return tree;
}

function joined(d: Diagnoser, kind: string, start: number, middles: Rule, end: number): Tree | null {
  const tree = d.all(kind, start, middles, end);
  if (tree === null) return null;
  const raw = /r/i.test(d.p.text(tree.start));
  for (const part of tree.parts[1].parts) if (part.kind === "token") checkMiddle(d, part, raw, tree.end - 1);
  return { ...tree, parts: [] };
}

function checkMiddle(d: Diagnoser, token: Tree, raw: boolean, end: number): void {
  const value = middleConstant(d.p, token.start, raw, end, !d.invalid);
  if ("error" in value) d.fail(token, value.error);
}

const fstringMiddles = many(any((d) => field(d, "f"), T.FSTRING_MIDDLE));
const tstringMiddles = many(any((d) => field(d, "t"), T.TSTRING_MIDDLE));
const formatSpec: Rule = many(any(T.FSTRING_MIDDLE, (d) => field(d, "f")));
const templateFormatSpec: Rule = many(any(T.TSTRING_MIDDLE, (d) => field(d, "t")));

function field(d: Diagnoser, letter: "f" | "t"): Tree | null {
  const spec = letter === "f" ? formatSpec : templateFormatSpec;
  const tree = d.all(
    "field",
    T.LBRACE,
    annotatedRhs,
    opt(T.EQUAL),
    opt((inner) => conversion(inner, letter)),
    opt(T.COLON, spec),
    T.RBRACE,
  );
  return tree ?? d.diagnose((inner) => invalidField(inner, letter));
}

function conversion(d: Diagnoser, letter: string): Tree | null {
  const tree = d.all("", T.EXCLAMATION, T.NAME);
  if (tree === null) return null;
  const { tokens } = d.p;
  const [mark, char] = tree.parts;
  if (tokens.ends[mark.start] !== tokens.starts[char.start]) {
    d.failRange(mark, char, `${letter}-string: conversion type must come right after the exclamation mark`);
  }
  const text = d.p.nameAt(char.start);
  if (text !== "s" && text !== "r" && text !== "a")
    d.fail(char, `${letter}-string: invalid conversion character '${text}': expected 's', 'r', or 'a'`);
  return tree;
}

function invalidField(d: Diagnoser, letter: "f" | "t"): null {
  for (const [kind, text] of [
    [T.EQUAL, "="],
    [T.EXCLAMATION, "!"],
    [T.COLON, ":"],
    [T.RBRACE, "}"],
  ] as const) {
    const tree = d.all("", T.LBRACE, kind);
    if (tree !== null) d.fail(tree.parts[1], `${letter}-string: valid expression required before '${text}'`);
  }
  const value = opt(T.EQUAL);
  const letterOf = opt(T.EXCLAMATION, T.NAME);
  const complain = (msg: string, ...parts: Rule[]): void => {
    if (d.all("", T.LBRACE, ...parts) !== null) d.failNext(`${letter}-string: ${msg}`);
  };
  complain("expecting a valid expression after '{'", not(annotatedRhs));
  complain("expecting '=', or '!', or ':', or '}'", annotatedRhs, not(T.EQUAL, T.EXCLAMATION, T.COLON, T.RBRACE));
  complain("expecting '!', or ':', or '}'", annotatedRhs, group(T.EQUAL), not(T.EXCLAMATION, T.COLON, T.RBRACE));
  d.all("", T.LBRACE, annotatedRhs, value, (inner) => invalidConversion(inner, letter));
  complain("expecting ':' or '}'", annotatedRhs, value, letterOf, not(T.COLON, T.RBRACE));
  // The grammar has the f-string's specification here for t-strings too.
  complain("expecting '}', or format specs", annotatedRhs, value, letterOf, group(T.COLON), formatSpec, not(T.RBRACE));
  complain("expecting '}'", annotatedRhs, value, letterOf, not(T.RBRACE));
  return null;
}

function invalidConversion(d: Diagnoser, letter: string): null {
  const start = d.mark;
  if (d.all("", T.EXCLAMATION, ahead(T.COLON, T.RBRACE)) !== null)
    d.failNext(`${letter}-string: missing conversion character`);
  d.mark = start;
  if (d.all("", T.EXCLAMATION, not(T.NAME)) !== null) d.failNext(`${letter}-string: invalid conversion character`);
  return null;
}
