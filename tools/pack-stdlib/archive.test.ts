import assert from "node:assert/strict";
import { test } from "node:test";
import { inflateRawSync } from "node:zlib";
import type { CodeSpec } from "../../src/compiler/code.ts";
import { Library } from "../../src/importlib/packed/archive.ts";
import type { PackedPattern } from "../../src/importlib/packed/format.ts";
import { type CompiledText, writeArchive } from "./archive-writer.ts";
import { moduleName } from "./files.ts";

function spec(over: Partial<CodeSpec>): CodeSpec {
  return {
    name: "<module>",
    qualname: "<module>",
    filename: "",
    firstlineno: 1,
    argcount: 0,
    posonlyargcount: 0,
    kwonlyargcount: 0,
    flags: 0,
    stacksize: 1,
    localsplusnames: [],
    localspluskinds: new Uint8Array(),
    names: [],
    consts: [],
    code: new Uint8Array([44, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 35, 0]),
    linetable: new Uint8Array([200, 7]),
    exceptiontable: new Uint8Array(),
    ...over,
  };
}

/** The fields of a lazily read code, all of them asked for. */
function plain(code: CodeSpec): CodeSpec {
  const result: Record<string, unknown> = {};
  for (const key of Object.keys(spec({})) as (keyof CodeSpec)[]) {
    const value = code[key];
    result[key] = value instanceof Uint8Array ? [...value] : value;
  }
  result.consts = code.consts.map((c) => (c.t === "code" ? { t: "code", v: plain(c.v) } : c));
  return result as unknown as CodeSpec;
}

const inner = spec({
  name: "f",
  qualname: "C.f",
  flags: 0x8000003,
  argcount: 2,
  localsplusnames: ["self", "größe", "𝔵"],
  localspluskinds: new Uint8Array([0x20, 0x20, 0x40]),
});
const outer = spec({
  names: ["a", "b"],
  consts: [
    { t: "none" },
    { t: "bool", v: true },
    { t: "bool", v: false },
    { t: "ellipsis" },
    { t: "int", v: 0 },
    { t: "int", v: -1 },
    { t: "int", v: 2 ** 31 - 1 },
    { t: "int", v: -(2 ** 53) + 1 },
    { t: "int", v: -(10n ** 40n) },
    { t: "float", v: -0 },
    { t: "float", v: Number.NaN },
    { t: "complex", re: 1.5, im: Number.NEGATIVE_INFINITY },
    { t: "str", v: "a\ud800b" },
    { t: "astral", v: [0x1f600, 65] },
    { t: "bytes", v: "\x00\xff" },
    {
      t: "tuple",
      v: [
        { t: "int", v: 5 },
        { t: "frozenset", v: [{ t: "str", v: "a" }] },
      ],
    },
    { t: "slice", v: [{ t: "none" }, { t: "int", v: 1 }, { t: "none" }] },
    { t: "code", v: inner },
  ],
});

test("what is written is what is read, of every kind of constant", () => {
  const source = Buffer.from("x = 'ü'\n");
  const bytes = writeArchive([
    { name: "pkg", isPackage: true, code: outer, source },
    { name: "pkg.mod", isPackage: false, code: inner, source: Buffer.from("y") },
  ]);
  const at = (data: Uint8Array) => ({
    read: (offset: number, length: number) => data.subarray(offset, offset + length),
  });
  const inflate = (data: Uint8Array) => inflateRawSync(data);
  const library = new Library({ code: at(bytes.code), source: at(bytes.source), inflate }, "/lib");
  const pkg = library.modules.get("pkg")!;
  const file = "/lib/pkg/__init__.py";
  assert.equal(library.filename(pkg), file);
  const expected = plain({
    ...outer,
    filename: file,
    consts: [...outer.consts.slice(0, -1), { t: "code", v: { ...inner, filename: file } }],
  });
  assert.deepEqual(plain(library.code(pkg)), expected);
  assert.deepEqual(Buffer.from(library.source(pkg)!), source);
  assert.equal(library.atPath("pkg/mod.py"), library.modules.get("pkg.mod"));
  assert.deepEqual(library.patterns(), []);
});

test("compiled regular expressions come after the modules", () => {
  const patterns: PackedPattern[] = [["ü😀", false, 0, 32, [14, 4, 0xffffffff], 1, [null, "name"]]];
  const modules = [{ name: "mod", isPackage: false, code: inner, source: Buffer.from("y") }];
  const { code } = writeArchive(modules, { patterns, texts: [] });
  const library = new Library({ code: { read: (offset, length) => code.subarray(offset, offset + length) } }, "/lib");
  assert.deepEqual(library.patterns(), patterns);
  assert.equal(library.code(library.modules.get("mod")!).qualname, "C.f");
});

test("so do texts that are compiled at import, each with its mode", () => {
  const modules = [{ name: "mod", isPackage: false, code: inner, source: Buffer.from("y") }];
  const patterns: PackedPattern[] = [["a", false, 0, 32, [1], 0, []]];
  const texts: CompiledText[] = [
    { mode: "eval", text: "x", code: inner },
    { mode: "exec", text: "x", code: outer },
  ];
  const { code } = writeArchive(modules, { patterns, texts });
  const library = new Library({ code: { read: (offset, length) => code.subarray(offset, offset + length) } }, "/lib");
  assert.equal(library.compiledText("eval", "x"), undefined, "nothing has been imported yet");
  assert.deepEqual(library.patterns(), patterns);
  const expected = (spec: CodeSpec) => plain({ ...spec, filename: "<string>" });
  assert.deepEqual(plain(library.compiledText("eval", "x") as CodeSpec), expected(inner));
  assert.equal(library.compiledText("exec", "x")?.qualname, "<module>");
  assert.equal(library.compiledText("exec", "y"), undefined);
});

test("file names give module names", () => {
  assert.deepEqual(moduleName("json/__init__.py"), { name: "json", isPackage: true });
  assert.deepEqual(moduleName("json/decoder.py"), { name: "json.decoder", isPackage: false });
});
