/** Codecs go through long texts in blocks: what is wrong or astral may stand at any place of one. */
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { Python } from "../../api/index.ts";
import { libraryFiles } from "../../host/node/library.ts";
import { BLOCK } from "../blocks.ts";

const dist = fileURLToPath(new URL("../../../dist", import.meta.url));
const options = { skip: existsSync(`${dist}/stdlib.bin`) ? false : "dist/stdlib.bin is not built" };

// `before` characters, then something odd, then some more.
const CHECK = `
def check(codec, before):
    plain = "x" * before
    for odd in ("é", "\\u20ac", "\\U0001f600"):
        text = plain + odd + "yz" * 20
        assert text.encode(codec) == b"".join(c.encode(codec) for c in text), (codec, before, odd)
        assert text.encode(codec).decode(codec) == text
    assert (plain + "\\udc80y").encode(codec, "replace") == (plain + "?y").encode(codec)
    for cut in range(1, len("\\U0001f600".encode(codec))):
        data = plain.encode(codec) + "\\U0001f600".encode(codec)[:cut]
        assert data.decode(codec, "ignore").startswith(plain), (codec, before, cut)
        try: data.decode(codec)
        except UnicodeDecodeError as e: assert plain.encode(codec) == data[:e.start], (codec, before, cut)
        else: assert False, (codec, before, cut)
`;
for (const codec of ["utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"]) {
  test(`${codec} around the borders of blocks`, options, () => {
    const python = new Python({ library: libraryFiles(dist), settings: { noSite: true } });
    const places = [0, 1, BLOCK - 2, BLOCK - 1, BLOCK, 2 * BLOCK - 1];
    python.run(CHECK);
    for (const place of places) assert.equal(python.run(`check(${JSON.stringify(codec)}, ${place})`), null);
  });
}

test("a table's codec around the borders of blocks", options, () => {
  const python = new Python({ library: libraryFiles(dist), settings: { noSite: true } });
  const source = `
ok = []
for n in (0, ${BLOCK - 1}, ${BLOCK}, ${2 * BLOCK + 3}):
    data = b"\\x80" * n + b"\\x81" + b"a"
    ok.append(data.decode("cp1252", "replace") == "\\u20ac" * n + "\\ufffda")
    ok.append(data[:n].decode("cp1252").encode("cp1252") == data[:n])
all(ok)`;
  assert.equal(python.run(source), true);
});

// Each error once began anew with room for the whole rest.
test("text that is wrong at each place", options, () => {
  const python = new Python({ library: libraryFiles(dist), settings: { noSite: true } });
  const source = `
n = 30000
[(b"\\xff\\xe9" * n).decode("utf-8", "ignore") == "",
 (b"\\xffa" * n).decode("utf-8", "surrogateescape").encode("utf-8", "surrogateescape") == b"\\xffa" * n,
 (b"\\0\\xdc" * n).decode("utf-16-le", "replace") == "\\ufffd" * n] == [True] * 3`;
  assert.equal(python.run(source), true);
});
