/** Against CPython 3.14 with zlib 1.3. */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { Deflater, Inflater, Z_FINISH, Z_NO_FLUSH, Z_STREAM_END, Z_SYNC_FLUSH, type ZlibError } from "./streams.ts";

const NONE = new Uint8Array(0);
const bytes = (text: string): Uint8Array => Uint8Array.from(text, (c) => c.charCodeAt(0));
const text = (data: Uint8Array): string => String.fromCharCode(...data);
function sample(): Uint8Array {
  const parts: number[] = [];
  for (let i = 0; i < 20000; i++) parts.push((i * i * 7 + Math.floor(i / 13)) & 255);
  return Uint8Array.from([...parts, ...bytes("abc".repeat(500)), ...bytes("hello world, hello python ".repeat(100))]);
}
const deflate = (data: Uint8Array, level: number, wbits = 15, dictionary: Uint8Array | null = null): Uint8Array =>
  (Deflater.open(level, 8, wbits, 8, 0, dictionary) as Deflater).run(data, Z_FINISH, "");
const inflate = (data: Uint8Array, wbits = 15, dictionary: Uint8Array | null = null): Uint8Array =>
  (Inflater.open(wbits, dictionary) as Inflater).run(
    data,
    Number.POSITIVE_INFINITY,
    Z_SYNC_FLUSH,
    "while decompressing data",
  ).output;

test("every level gives zlib's bytes", () => {
  const sums = [
    "a2469d26abf829781aac09c9861432ae",
    "fe1c992bfce22a5729dcc54d8a16a3e1",
    "7eed06579a95afd47dca212e0fc553f9",
    "ca7604b18b5e7ea82eb7ba55ca687332",
    "e54846f62073768678fee5b24bc954b5",
    "8666c2b6bf6e3f9f502562e295a65202",
    "f8a928b854d9a245f22ded91fde3ee82",
    "7ca03b75bf2f25d479da6403400c962d",
    "7ca03b75bf2f25d479da6403400c962d",
    "7ca03b75bf2f25d479da6403400c962d",
  ];
  const data = sample();
  for (let level = 0; level < 10; level++) {
    const packed = deflate(data, level);
    assert.equal(createHash("md5").update(packed).digest("hex"), sums[level], `level ${level}`);
    assert.deepEqual(inflate(packed), data);
  }
});

test("raw, gzip and dictionary streams", () => {
  assert.equal(
    text(deflate(bytes("hello"), -1, 31)),
    "\x1f\x8b\b\0\0\0\0\0\0\x03\xcbH\xcd\xc9\xc9\x07\0\x86\xa6\x106\x05\0\0\0",
  );
  assert.equal(text(inflate(deflate(bytes("hello"), -1, -15), -15)), "hello");
  assert.equal(text(inflate(deflate(bytes("hello"), -1, 31), 47)), "hello");
  const zdict = bytes("hello world");
  assert.equal(text(inflate(deflate(zdict, -1, 15, zdict), 15, zdict)), "hello world");
  const message = (run: () => unknown): string => {
    try {
      run();
      return "";
    } catch (error) {
      return (error as ZlibError).message;
    }
  };
  assert.equal(
    message(() => inflate(deflate(zdict, -1, 15, zdict))),
    "Error 2 while decompressing data",
  );
  assert.equal(
    message(() => inflate(deflate(zdict, -1, 15, zdict), 15, bytes("xx"))),
    "Error -3 while setting zdict: invalid input data",
  );
  assert.equal(
    message(() => inflate(bytes("hello"))),
    "Error -3 while decompressing data: incorrect header check",
  );
  assert.equal(
    message(() => inflate(bytes("\x78\x9c\xff\xff\xff"))),
    "Error -3 while decompressing data: invalid block type",
  );
});

test("streams stop at a limit, go on, end, and can be copied", () => {
  const packed = deflate(bytes("hello world".repeat(10)), -1);
  const inflater = Inflater.open(15, null) as Inflater;
  const first = inflater.run(packed, 5, Z_SYNC_FLUSH, "");
  assert.equal(text(first.output), "hello");
  const twin = inflater.copy();
  for (const one of [inflater, twin]) {
    const rest = one.run(packed.subarray(first.consumed), Number.POSITIVE_INFINITY, Z_SYNC_FLUSH, "");
    assert.equal(rest.output.length, 105);
    assert.equal(rest.status, Z_STREAM_END);
  }
  const deflater = Deflater.open(-1, 8, 15, 8, 0, null) as Deflater;
  const head = deflater.run(bytes("hello "), Z_NO_FLUSH, "");
  const other = deflater.copy();
  for (const [one, word] of [
    [deflater, "world"],
    [other, "python"],
  ] as const) {
    const tail = one.run(bytes(word), Z_FINISH, "");
    assert.equal(text(inflate(Uint8Array.from([...head, ...tail]))), `hello ${word}`);
  }
  assert.throws(
    () => deflater.run(NONE, Z_FINISH, "while flushing"),
    (error) => (error as ZlibError).code === -2,
  );
});
