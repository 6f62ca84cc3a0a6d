import assert from "node:assert/strict";
import { test } from "node:test";
import "../api/builtin-types.ts";
import { HAS_DICT, HEAPTYPE, PyType, Shape, typeType } from "./core.ts";
import type { PyDict } from "./dict.ts";
import { PyFloat, newFloat } from "./float.ts";
import { isSame } from "./identity.ts";
import { type PyInstance, newInstance } from "./instance.ts";
import { Runtime, enter } from "./runtime.ts";

enter(new Runtime());

/** A class of Python's, with `inline` fields in its instances and `members` of `__slots__`. */
function newClass(inline: number, members = 0): PyType {
  const cls = new PyType("C", typeType);
  cls.flags = HEAPTYPE | HAS_DICT;
  cls.memberCount = members;
  cls.shapes = new Shape(cls, inline, members, [], new Map(), false);
  return cls;
}
function withAttributes(cls: PyType, attributes: Record<string, number | PyFloat | string | null>): PyInstance {
  const made = newInstance(cls);
  for (const [name, value] of Object.entries(attributes)) made.setOwn(name, value);
  return made;
}
const double = (o: PyInstance, name: string): number => (o.getOwn(name) as PyFloat).value;
const isFloatField = (o: PyInstance, name: string): boolean => o.shape.holdsFloat(o.shape.fields.get(name) as number);

for (const inline of [2, 4, 8]) {
  test(`floats are raw doubles in the fields, ${inline} inline`, () => {
    const cls = newClass(inline);
    const values = [1.5, -0, Infinity, 2, 1e300, 0.1, 7, 8.5, 9.5, 10.5, 11.5];
    const o = newInstance(cls);
    values.forEach((value, i) => o.setOwn(`a${i}`, newFloat(value)));
    values.forEach((value, i) => {
      assert.ok(Object.is(o.getRaw(o.shape.fields.get(`a${i}`) as number), value));
      assert.ok(Object.is(double(o, `a${i}`), value));
    });
    o.setOwn("a2", newFloat(3));
    assert.equal(o.getRaw(o.shape.fields.get("a2") as number), 3);
  });
}

test("fields that the shape has no bit for hold boxes", () => {
  const o = newInstance(newClass(2));
  for (let i = 0; i < 60; i++) o.setOwn(`a${i}`, newFloat(i + 0.5));
  for (let i = 0; i < 60; i++) assert.equal(double(o, `a${i}`), i + 0.5);
  assert.ok(isFloatField(o, "a20"));
  assert.ok(!isFloatField(o, "a59"));
});

test("another value generalises one field, and the class remembers", () => {
  const cls = newClass(4);
  const o = withAttributes(cls, { x: newFloat(1.5), y: newFloat(2.5) });
  const before = o.shape;
  o.setOwn("x", 7);
  assert.notEqual(o.shape, before);
  assert.deepEqual([isFloatField(o, "x"), isFloatField(o, "y")], [false, true]);
  assert.equal(o.getOwn("x"), 7);
  assert.equal(double(o, "y"), 2.5);
  o.setOwn("x", newFloat(8.5));
  assert.ok(!isFloatField(o, "x"));
  assert.equal(double(o, "x"), 8.5);
  assert.equal(withAttributes(cls, { x: newFloat(1.5), y: newFloat(2.5) }).shape, o.shape);
});

test("what came first as something else is no float field", () => {
  const cls = newClass(4);
  const first = withAttributes(cls, { x: null });
  const second = withAttributes(cls, { x: newFloat(1.5) });
  assert.equal(first.shape, second.shape);
  assert.equal(double(second, "x"), 1.5);
});

test("an instance of an older shape takes on all that others have generalised", () => {
  const cls = newClass(4);
  const values = { x: newFloat(1.5), y: newFloat(2.5), z: newFloat(3.5) };
  const [a, b, c] = [withAttributes(cls, values), withAttributes(cls, values), withAttributes(cls, values)];
  a.setOwn("x", "text");
  b.setOwn("y", null);
  c.setOwn("x", 1);
  a.setOwn("y", 2);
  assert.equal(a.shape, c.shape);
  assert.deepEqual([a.getOwn("x"), a.getOwn("y"), double(a, "z")], ["text", 2, 3.5]);
  assert.deepEqual([double(b, "x"), b.getOwn("y"), double(b, "z")], [1.5, null, 3.5]);
  assert.deepEqual([c.getOwn("x"), double(c, "y"), double(c, "z")], [1, 2.5, 3.5]);
  assert.ok(isFloatField(a, "z"));
});

test("a NaN and a float's subclass stay the objects they are", () => {
  const cls = newClass(2);
  const nan = newFloat(Number.NaN);
  const special = new PyFloat(newClass(0), 1.5);
  const o = withAttributes(cls, { x: newFloat(1.5), y: newFloat(2.5) });
  o.setOwn("x", nan);
  o.setOwn("y", special);
  assert.equal(o.getOwn("x"), nan);
  assert.equal(o.getOwn("y"), special);
});

test("dictionary mode has floats again", () => {
  const cls = newClass(4, 2);
  const o = newInstance(cls);
  o.setMember(0, newFloat(0.5));
  o.setOwn("x", newFloat(1.5));
  o.setOwn("n", 3);
  const dict = o.getDict(true) as PyDict;
  assert.ok(o.shape.isDictionary);
  assert.deepEqual(dict.keys(), ["x", "n"]);
  assert.equal((dict.getStr("x") as PyFloat).value, 1.5);
  assert.equal((o.getMember(0) as PyFloat).value, 0.5);
  o.setMember(1, newFloat(2.5));
  assert.equal((o.getMember(1) as PyFloat).value, 2.5);
  o.deleteOwn("x");
  assert.equal(o.getOwn("x"), undefined);
});

test("another class of the same layout", () => {
  const [from, to] = [newClass(4, 2), newClass(4, 2)];
  const o = newInstance(from);
  o.setMember(0, newFloat(0.5));
  o.setMember(1, 4);
  o.setOwn("x", newFloat(1.5));
  o.changeClass(to);
  assert.equal(o.shape.cls, to);
  assert.deepEqual([(o.getMember(0) as PyFloat).value, o.getMember(1), double(o, "x")], [0.5, 4, 1.5]);
});

test("members of __slots__ are float fields once floats came first", () => {
  const cls = newClass(4, 3);
  const a = newInstance(cls);
  a.setMember(1, newFloat(1.5));
  a.setMember(0, newFloat(0.5));
  const b = newInstance(cls);
  b.setMember(0, newFloat(2.5));
  b.setMember(1, newFloat(3.5));
  assert.equal(a.shape, b.shape);
  assert.equal(a.getRaw(0), 0.5);
  assert.equal(a.getMember(2), undefined);
  a.setMember(0, "text");
  assert.equal(a.getMember(0), "text");
  assert.equal((a.getMember(1) as PyFloat).value, 1.5);
  b.setMember(1, undefined);
  assert.equal(b.getMember(1), undefined);
  b.setMember(1, newFloat(4.5));
  assert.equal((b.getMember(1) as PyFloat).value, 4.5);
  const c = newInstance(cls);
  c.setMember(0, newFloat(5.5));
  assert.ok(!c.shape.holdsFloat(0));
  assert.equal((c.getMember(0) as PyFloat).value, 5.5);
});

test("floats are the same when their values are identical", () => {
  assert.ok(isSame(newFloat(1.5), newFloat(1.5)));
  assert.ok(isSame(newFloat(Number.NaN), newFloat(Number.NaN)));
  assert.ok(!isSame(newFloat(0), newFloat(-0)));
  assert.ok(!isSame(newFloat(1), 1));
  assert.ok(!isSame(new PyFloat(newClass(0), 1.5), newFloat(1.5)));
});
