/** Weak references and identities, wherever an object keeps them. */
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { Python } from "../../api/index.ts";
import { collectGarbage } from "../../host/node/collect.ts";
import { libraryFiles } from "../../host/node/library.ts";

const dist = fileURLToPath(new URL("../../../dist", import.meta.url));
const options = { skip: existsSync(`${dist}/stdlib.bin`) ? false : "dist/stdlib.bin is not built" };
const python = () =>
  new Python({ collectGarbage, endJob: collectGarbage, library: libraryFiles(dist), settings: { noSite: true } });
const run = (source: string): unknown => python().run(source);

test("what nobody holds leaves weak sets while a program runs", options, () => {
  const source = `
import weakref
class A: pass
found = weakref.WeakSet()
kept = []
for i in range(20000):
    a = A()
    found.add(a)
    if i % 100 == 0: kept.append(a)
[len(found) < 10000, all(a in found for a in kept)] == [True, True]`;
  assert.equal(run(source), true);
});

// What the interpreter has put away last may still lie in a frame, so these count roughly.
test("the callback of a reference that nobody has is not called", options, () => {
  const source = `
import gc, weakref
class A: pass
seen = []
def f():
    for i in range(10): weakref.ref(A(), seen.append)
    return weakref.ref(A(), seen.append)
r = f()
gc.collect()
[r in seen, len(seen) < 5] == [True, True]`;
  assert.equal(run(source), true);
});

test("references to one object that are dropped do not pile up", options, () => {
  const source = `
import gc, weakref
class A: pass
a = A()
for i in range(5000): weakref.ref(a, print)
one = weakref.ref(a)
gc.collect()
[weakref.getweakrefcount(a) < 10, weakref.getweakrefs(a)[0] is one] == [True, True]`;
  assert.equal(run(source), true);
});

const KINDS = [
  "A()",
  "B()",
  "[1]",
  "{1: 2}",
  "(1, i)",
  "{i}",
  "frozenset([i])",
  "lambda: 0",
  "type('T', (), {})",
  "g()",
];
for (const kind of KINDS) {
  test(`an identity is an object's own and stays the same: ${kind}`, options, () => {
    const source = `
class A: pass
class B:
    __slots__ = ("x", "__weakref__")
def g(): yield
many = [${kind} for i in range(50)]
ids = [id(x) for x in many]
[len(set(ids)), ids == [id(x) for x in reversed(many)][::-1], hash(many[0].__class__) == hash(type(many[0]))] == [50, True, True]`;
    assert.equal(run(source), true);
  });
}

test("an instance's identity and references survive every way to another layout", options, () => {
  const source = `
import weakref
class A: pass
class B: pass
def ways():
    yield lambda a: vars(a)
    yield lambda a: delattr(a, "x")
    yield lambda a: setattr(a, "__dict__", {"x": 3})
    yield lambda a: setattr(a, "__class__", B)
    yield lambda a: [setattr(a, f"y{i}", i) for i in range(100)]
ok = []
for way in ways():
    a = A()
    a.x = 1
    before, r, h = id(a), weakref.ref(a), hash(a)
    way(a)
    ok.append(id(a) == before and hash(a) == h and r() is a and weakref.ref(a) is r and weakref.getweakrefs(a) == [r])
ok == [True] * 5`;
  assert.equal(run(source), true);
});

test("interpreters do not see each other's references to shared types", options, () => {
  const first = python();
  const second = python();
  first.run("import weakref\nr = weakref.ref(int, print)");
  assert.equal(second.run("import weakref\nweakref.getweakrefcount(int)"), 0);
  assert.equal(first.run("weakref.getweakrefcount(int) > 0"), true);
});
