import assert from "node:assert/strict";
import { test } from "node:test";
import { parametersOf } from "./emit.mjs";
import { split } from "./split.mjs";

interface Run {
  /** What the program has logged. */
  log: unknown[];
  /** The parts that were loaded, in order. */
  loaded: string[];
}

/** Marked places of the text count as executed: `/*1*\/` by the first part's programs, `/*2*\/` by the second's. */
function ran(source: string, mark: string): (position: number) => boolean {
  return (position) => source.slice(0, position).endsWith(`/*${mark}*/`);
}

function parts(source: string) {
  return [{ name: "core", ran: ran(source, "1") }, { name: "more", ran: ran(source, "2") }, { name: "rest" }];
}

/** Cuts the program and runs it; it logs with `log(value)`. */
function run(source: string, mirrored?: ReadonlySet<string>): Run & { texts: string[] } {
  const specs = parts(source);
  const texts = split(source, specs, mirrored).map(({ text }) => text);
  const log: unknown[] = [];
  const loaded: string[] = [];
  const logger = (value: unknown) => log.push(value);
  const load = (name: string) => {
    loaded.push(name);
    const index = specs.findIndex((part) => part.name === name);
    return (...values: unknown[]) => new Function("log", parametersOf(specs), texts[index])(logger, ...values);
  };
  new Function("log", "$load", "require", texts[0])(logger, load);
  return { log, loaded, texts };
}

test("functions that no program ran are elsewhere, and are loaded when they are needed", () => {
  const source = `
    function used() { return "used"; }
    function seldom() { return "seldom " + /*2*/helper(); }
    function helper() { return "helped"; }
    function never() { return "never"; }
    log(/*1*/used());
    if (0) log(never());
    log("before"); log(/*2*/seldom()); log(seldom()); log(never());`;
  const { log, loaded, texts } = run(source);
  assert.deepEqual(log, ["used", "before", "seldom helped", "seldom helped", "never"]);
  assert.deepEqual(loaded, ["more", "rest"]);
  const declared = texts.map((text) => [...text.matchAll(/function (used|seldom|helper|never)/g)].map((m) => m[1]));
  assert.deepEqual(declared, [["used"], ["seldom", "helper"], ["never"]]);
});

test("a name stands for one thing in all parts", () => {
  const source = `
    function a() { return [a, b, K]; }
    function b() { return a; }
    var K = class { static make() { return new K(); } };
    function other() { return b() === a && a()[1] === b && K.make() instanceof a()[2]; }
    log(/*1*/a.name); log(other());`;
  const { log, texts } = run(source);
  assert.deepEqual(log, ["a", true]);
  assert.match(texts[2], /class/);
});

test("what has effects runs at the start, in its order; what it refers to is there", () => {
  const source = `
    var order = (log("first"), 1);
    var table = { make: /*1*/make, lazily: () => unused };
    var unused = { big: true };
    function make() { return order; }
    log(/*1*/table.make());
    log(table.lazily().big);`;
  const { log, loaded, texts } = run(source);
  assert.deepEqual(log, ["first", 1, true]);
  assert.deepEqual(loaded, ["rest"]);
  assert.doesNotMatch(texts[0], /big: true/);
});

test("calls of functions declared free of side effects can wait, other calls cannot", () => {
  const source = `
    // @__NO_SIDE_EFFECTS__
    function define(name) { log("define " + name); return { name }; }
    function register(name) { log("register " + name); return { name }; }
    var later = define("later");
    var now = /*1*/register("now");
    log("start"); log(later.name); log(now.name);`;
  assert.deepEqual(run(source).log, ["register now", "start", "define later", "later", "now"]);
});

/** The variables that the first part declares. */
function kept(source: string): string[] {
  const { texts } = run(source);
  return [...texts[0].matchAll(/\bvar (\w+) ?=/g)].map((match) => match[1]);
}

test("calls of functions that are but an expression without side effects can wait", () => {
  const source = `
    var pair = (a, b = 1) => ({ a, b });
    function rule(kind) { return () => log(kind); }
    function both(a) { return [pair(a), rule(a)]; }
    var told = (a) => log(a);
    function twice(a) { log(a); return a; }
    var one = pair(1), two = rule("two"), three = both(3), four = told(4), five = twice(5);`;
  assert.deepEqual(run(source).log, [4, 5]);
  assert.deepEqual(kept(source), ["four", "five"]);
});

test("what is made of fresh arrays can wait, what asks of others or runs more than an expression cannot", () => {
  const source = `
    var given = { map: () => log("given") };
    var [low, high] = [1, 2].map((n) => n * 2);
    var table = new Map([["a", 1]].map(([name, n]) => [n, name]));
    var bytes = new Uint8Array(4).fill(7);
    var other = given.map((n) => n);
    var noisy = [1].map((n) => log(n));
    var block = [2].map((n) => { log(n); return n; });
    var named = [3].map(log);
    log(low + high + table.get(1) + bytes[3]);`;
  assert.deepEqual(run(source).log, ["given", 1, 2, 3, "6a7"]);
  assert.deepEqual(kept(source).sort(), ["block", "named", "noisy", "other"]);
});

test("a variable that changes lies with those who use it", () => {
  const source = `
    var count = 0;
    function next() { return ++count; }
    function reset() { count = 0; }
    var cache = null;
    function cached() { return cache ??= { made: next() }; }
    log(/*1*/next()); log(next()); reset(); log(next()); log(cached().made); log(cached() === cached());`;
  const { log, texts } = run(source);
  assert.deepEqual(log, [1, 2, 1, 2, true]);
  assert.match(texts[0], /count\s*=\s*0/);
  assert.match(texts[2], /cache\s*=\s*null/);
});

test("of a mirrored variable each part has a copy that is always up to date", () => {
  const source = `
    var current = null;
    function enter(next) { const before = current; current = next; return before; }
    function show() { return current; }
    function first() { return current; }
    /*1*/enter("a"); log(show()); enter("b"); log(show()); log(/*1*/first()); enter("c"); log(/*2*/later());
    function later() { return current; }`;
  const { log, loaded } = run(source, new Set(["current"]));
  assert.deepEqual(log, ["a", "b", "b", "c"]);
  assert.deepEqual(loaded, ["rest", "more"]);
});

test("what a hot function refers to lies in the first part", () => {
  const source = `
    function loop(n) { return n > 0 ? helper(n) : other; }
    function helper(n) { return n; }
    var other = { name: "other" };
    function never() { return 1; }
    log(/*1*/loop(1)); log(never());`;
  const [core, , rest] = split(source, parts(source), undefined, (name) => name === "loop");
  assert.match(core.text, /function helper/);
  assert.match(core.text, /return n > 0 \? helper\(n\) : other;/);
  assert.match(rest.text, /function never/);
});

test("local names hide those of the outermost scope; shorthands, patterns and labels are understood", () => {
  const source = `
    function name() { return "outer"; }
    function value() { return "value"; }
    function f(name, { value: renamed = value, ...others }) {
      name: for (const value of [name]) { if (value === 1) continue name; return { value, name, renamed: renamed() }; }
      return { others };
    }
    function g() { return { name, value }; }
    class_ = class { name() { return name(); } static value = value(); #name = 1; own() { return this.#name; } };
    var class_;
    log(f(2, {})); log(f(1, { x: 1 })); log(g().name() + g().value());
    log(new class_().name() + class_.value + new class_().own());
    try { throw 1; } catch (name) { log(name); }`;
  const { log, texts } = run(source);
  assert.deepEqual(log, [
    { value: 2, name: 2, renamed: "value" },
    { others: { x: 1 } },
    "outervalue",
    "outervalue1",
    1,
  ]);
  assert.match(texts[2], /function f/);
});

test("a part that is needed before the start is over gets the names that come later", () => {
  const source = `
    var early = helper(1);
    var late = (log("late"), { is: "there" });
    function helper(first) { return first ? "early" : late.is; }
    log(early); log(helper(0));`;
  assert.deepEqual(run(source).log, ["late", "early", "there"]);
});
