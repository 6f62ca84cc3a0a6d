/** Packing and unpacking against CPython 3.14. */
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { Python } from "../../api/index.ts";
import { libraryFiles } from "../../host/node/library.ts";

const dist = fileURLToPath(new URL("../../../dist", import.meta.url));
const options = { skip: existsSync(`${dist}/stdlib.bin`) ? false : "dist/stdlib.bin is not built" };

const SETUP = `
import struct, array
from struct import pack, unpack
def show(text):
    try: return repr(eval(text, globals()))
    except BaseException as e: return f"{type(e).__name__}: {e}"
class Index:
    def __init__(self, struct): self.struct = struct
    def __index__(self): return self.struct.pack(1, 2)[0]
two = struct.Struct('<2I')
def filled(code, *values):
    a = array.array(code)
    for v in values: a.append(v)
    for i, v in enumerate(values): a[i] = v
    return a
`;
const CASES: [expression: string, result: string][] = [
  [
    "pack('<bBhHiIqQ', -1, 255, -2, 65535, -3, 2**32-1, -4, 2**64-1).hex()",
    "'fffffefffffffdfffffffffffffffcffffffffffffffffffffffffffffff'",
  ],
  [
    "unpack('>bBhHiIqQ', pack('>bBhHiIqQ', -1, 255, -2, 65535, -3, 2**32-1, -4, 2**64-1))",
    "(-1, 255, -2, 65535, -3, 4294967295, -4, 18446744073709551615)",
  ],
  [
    "[unpack('<q', pack('<q', n))[0] == n for n in (2**53-1, 2**53, -2**53, 1-2**53, 2**63-1, -2**63, -1, 2**32)]",
    "[True, True, True, True, True, True, True, True]",
  ],
  ["pack('>q', -2**53 + 1).hex()", "'ffe0000000000001'"],
  [
    "unpack('<dfe?c3s4p', pack('<dfe?c3s4p', 1.5, -2.5, 0.5, True, b'x', b'ab', b'cde'))",
    "(1.5, -2.5, 0.5, True, b'x', b'ab\\x00', b'cde')",
  ],
  ["pack('B', 256)", "error: 'B' format requires 0 <= number <= 255"],
  ["pack('<i', 2**31)", "error: 'i' format requires -2147483648 <= number <= 2147483647"],
  ["pack('Q', -1)", "error: 'Q' format requires 0 <= number <= 18446744073709551615"],
  ["pack('i', 1.5)", "error: required argument is not an integer"],
  ["pack('?', 2), pack('<hxh', 1, 2)", "(b'\\x01', b'\\x01\\x00\\x00\\x02\\x00')"],
  [
    "two.pack(7, Index(two)), two.pack(3, 4)",
    "(b'\\x07\\x00\\x00\\x00\\x01\\x00\\x00\\x00', b'\\x03\\x00\\x00\\x00\\x04\\x00\\x00\\x00')",
  ],
  ["struct.unpack_from('<H', bytearray(b'abcd'), 1), struct.unpack_from('<H', b'abcd', -2)", "((25442,), (25699,))"],
  ["list(struct.iter_unpack('<H', bytearray(b'abcd')))", "[(25185,), (25699,)]"],
  [
    "filled('d', 1, 2.5, True), filled('q', -1, 2**62), filled('B', 0, 255)",
    "(array('d', [1.0, 2.5, 1.0]), array('q', [-1, 4611686018427387904]), array('B', [0, 255]))",
  ],
  ["filled('B', 1, 256)", "OverflowError: unsigned byte integer is greater than maximum"],
  ["filled('b', 'x')", "TypeError: 'str' object cannot be interpreted as an integer"],
];

test("values are packed, unpacked and refused as CPython does", options, () => {
  const python = new Python({ library: libraryFiles(dist), settings: { noSite: true } });
  python.run(SETUP);
  for (const [expression, result] of CASES) {
    python.globals.set("text", expression);
    assert.equal(python.run("show(text)"), result, expression);
  }
});
