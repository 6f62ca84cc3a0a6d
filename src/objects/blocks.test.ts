/** What native functions do in blocks gives the same at the borders of blocks as a loop would. */
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { Python } from "../api/index.ts";
import { libraryFiles } from "../host/node/library.ts";
import { BLOCK, foldBlocks, forBlocks, searchBlocks } from "./blocks.ts";

const SIZES = [0, 1, BLOCK - 1, BLOCK, BLOCK + 1, 3 * BLOCK, 3 * BLOCK + 5];

test("blocks follow each other without gaps", () => {
  for (const size of SIZES) {
    let next = 7;
    forBlocks(7, size, (from, to) => {
      assert.equal(from, next);
      assert.ok(to > from && to - from <= BLOCK);
      next = to;
    });
    assert.equal(next, Math.max(7, size));
    assert.equal(
      foldBlocks(size, 1, (sum, from, to) => sum + to - from),
      size + 1,
    );
  }
});

test("a search ends at the first block that finds something", () => {
  for (const wanted of [3, BLOCK - 1, BLOCK, 2 * BLOCK + 9]) {
    const find = (from: number, to: number): number => (wanted >= from && wanted < to ? wanted : to);
    assert.equal(searchBlocks(3, 3 * BLOCK, find), wanted);
    assert.equal(searchBlocks(wanted + 1, 3 * BLOCK, find), 3 * BLOCK);
  }
});

const dist = fileURLToPath(new URL("../../dist", import.meta.url));
const options = { skip: existsSync(`${dist}/stdlib.bin`) ? false : "dist/stdlib.bin is not built" };

// Each function at sizes around one and two blocks, against a way that does not go in blocks.
const CHECKS = `
import array, binascii, zlib
def check(n):
    b = (bytes(range(256)) * (n // 256 + 1))[:n]
    half = n // 2
    parts = [b[i:i + 1000] for i in range(0, n, 1000)]
    crc = hqx = 0
    adler = 1
    for part in parts:
        crc, hqx, adler = zlib.crc32(part, crc), binascii.crc_hqx(part, hqx), zlib.adler32(part, adler)
    assert (zlib.crc32(b), binascii.crc_hqx(b, 0), zlib.adler32(b)) == (crc, hqx, adler)
    thirds = [b[i:i + 999] for i in range(0, n, 999)]
    coded = b"".join(binascii.b2a_base64(part, newline=False) for part in thirds)
    assert binascii.b2a_base64(b, newline=False) == coded
    assert binascii.a2b_base64(coded) == b
    assert binascii.a2b_base64(coded[:half] + b"\\n" + coded[half:]) == b
    digits = "".join(part.hex() for part in parts)
    assert b.hex() == digits and bytes.fromhex(digits) == b and binascii.unhexlify(digits) == b
    for at in (0, n - 1, 2 * n - 2):
        if 0 <= at < 2 * n:
            try: bytes.fromhex(digits[:at] + "g" + digits[at + 1:])
            except ValueError as e: assert f"position {at}" in str(e), e
            else: assert False
    assert b.hex(":", 2).replace(":", "") == digits
    assert b.translate(bytes(reversed(range(256)))) == b"".join(p.translate(bytes(reversed(range(256)))) for p in parts)
    numbers = list(range(n))
    for at in (0, half, n - 1):
        if 0 <= at < n:
            assert numbers.index(at) == at and at in numbers and numbers.count(at) == 1
            other = numbers[:]
            other[at] = -1
            assert other != numbers and other < numbers and not numbers < other and -1 in other
            a, c = array.array("i", numbers), array.array("i", other)
            assert a.index(at) == at and c.count(-1) == 1 and c < a and a != c and -1 in c
            text = "x" * at + "1" + "x" * (n - at - 1)
            assert not text.isalpha() and hash(text) == hash("".join(list(text)))
            for odd in ("é", "€", "\\U0001f600", "\\udc80"):
                s = "x" * at + odd + "x" * (n - at - 1)
                coded = b"x" * at + odd.encode("utf-8", "surrogatepass") + b"x" * (n - at - 1)
                assert s.encode("utf-8", "surrogatepass") == coded
                assert coded.decode("utf-8", "surrogatepass") == s
                assert s.encode("ascii", "replace") == b"x" * at + b"?" + b"x" * (n - at - 1)
            for size in (1, 2):
                broken = b"x" * at + "€".encode()[:size] + b"x" * (n - at - 1)
                assert broken.decode("utf-8", "replace") == "x" * at + "\\ufffd" + "x" * (n - at - 1)
            assert ("€" * n).encode().decode() == "€" * n
    assert -1 not in numbers and numbers == list(range(n))
    assert ("x" * n).isalpha() == (n > 0)
    assert sum([0.5] * n) == n / 2
    back = array.array("i", numbers)
    back.byteswap()
    back.byteswap()
    assert back == array.array("i", numbers)
`;
for (const size of SIZES) {
  test(`native functions on ${size} items`, options, () => {
    const python = new Python({ library: libraryFiles(dist), settings: { noSite: true } });
    assert.equal(python.run(`${CHECKS}check(${size})`), null);
  });
}

test("a list that changes while it is searched", options, () => {
  const python = new Python({ library: libraryFiles(dist), settings: { noSite: true } });
  const source = `
class Grows:
    def __eq__(self, other):
        if len(items) < ${3 * BLOCK}: items.extend([0] * ${BLOCK})
        return False
class Shrinks:
    def __eq__(self, other):
        items.clear()
        return False
items = [Grows()]
grown = (5 in items, items.count(0))
items = [0] * ${2 * BLOCK} + [Shrinks()]
[grown, 5 in items, items] == [(False, ${2 * BLOCK}), False, []]`;
  assert.equal(python.run(source), true);
});
