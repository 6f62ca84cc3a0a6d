/** `_io._RawIOBase`, `_BufferedIOBase`, `_TextIOBase`: the bases of the three layers. */
import { BASETYPE, EXC, HAS_DICT, HAS_WEAKREF, type Result, type Value } from "../../objects/core.ts";
import { withWritable } from "../../objects/buffer.ts";
import { PyBytes, newByteArray, newBytes } from "../../objects/bytes.ts";
import { getset, method, newType } from "../../objects/define.ts";
import { typeError, valueError } from "../../objects/errors.ts";
import { callMethod } from "../../objects/protocol/call.ts";
import { asSize } from "../../objects/protocol/convert.ts";
import { ioBaseType, sizeOrNone } from "./io-base.ts";
import { takeBack } from "./errors.ts";
import { unsupported } from "./state.ts";

export const DEFAULT_BUFFER_SIZE = 128 * 1024;
const flags = BASETYPE | HAS_DICT | HAS_WEAKREF;

function rawRead(self: Value, size?: Value): Result {
  const count = sizeOrNone(size);
  if (count === EXC) return EXC;
  if (count < 0) return callMethod(self, "readall");
  const buffer = newByteArray(new Uint8Array(count));
  const result = callMethod(self, "readinto", [buffer]);
  if (result === EXC || result === null) return result;
  const read = asSize(result);
  if (read === EXC) return EXC;
  if (read < 0 || read > count) return valueError(`readinto returned ${read} outside buffer size ${count}`);
  return newBytes(buffer.toLatin1().slice(0, read));
}

function readAll(self: Value): Result {
  const parts: string[] = [];
  for (;;) {
    const data = callMethod(self, "read", [DEFAULT_BUFFER_SIZE]);
    if (data === EXC) {
      if (takeBack()) continue;
      return EXC;
    }
    if (data === null) {
      if (parts.length === 0) return null;
      break;
    }
    if (!(data instanceof PyBytes)) return typeError("read() should return bytes");
    if (data.length === 0) break;
    parts.push(data.latin1);
  }
  return newBytes(parts.join(""));
}

export const rawIOBaseType = newType("_RawIOBase", {
  module: "_io",
  doc: "Base class for raw binary I/O.",
  base: ioBaseType,
  flags,
  methods: () => ({
    read: method("($self, size=-1, /)", rawRead, "Read up to size bytes from the object and return them."),
    readall: method("($self, /)", readAll, "Read until EOF, using multiple read() call."),
  }),
});

const readInto =
  (name: "read" | "read1") =>
  (self: Value, target: Value): Result => {
    let size = 0;
    const argument = name === "read" ? "readinto() argument" : "readinto1() argument";
    const measured = withWritable(
      target,
      (memory) => {
        size = memory.length;
      },
      argument,
    );
    if (measured === EXC) return EXC;
    const data = callMethod(self, name, [size]);
    if (data === EXC || data === null) return data;
    if (!(data instanceof PyBytes)) return typeError("read() should return bytes");
    if (data.length > size) {
      return valueError(`read() returned too much data: ${size} bytes requested, ${data.length} returned`);
    }
    const done = withWritable(target, (memory) => {
      memory.set(data.bytes());
    });
    return done === EXC ? EXC : data.length;
  };

export const bufferedIOBaseType = newType("_BufferedIOBase", {
  module: "_io",
  doc: "Base class for buffered IO objects.",
  base: ioBaseType,
  flags,
  methods: () => ({
    detach: method(
      "($self, /)",
      () => unsupported("detach"),
      "Disconnect this buffer from its underlying raw stream and return it.",
    ),
    read: method("($self, size=-1, /)", () => unsupported("read"), "Read and return up to n bytes."),
    read1: method(
      "($self, size=-1, /)",
      () => unsupported("read1"),
      "Read and return up to size bytes, with at most one read() call to the underlying raw stream.",
    ),
    write: method("($self, b, /)", () => unsupported("write"), "Write buffer b to the IO stream."),
    readinto: method("($self, buffer, /)", readInto("read")),
    readinto1: method("($self, buffer, /)", readInto("read1")),
  }),
});

export const textIOBaseType = newType("_TextIOBase", {
  module: "_io",
  doc: "Base class for text I/O.",
  base: ioBaseType,
  flags,
  methods: () => ({
    detach: method(
      "($self, /)",
      () => unsupported("detach"),
      "Separate the underlying buffer from the TextIOBase and return it.",
    ),
    read: method("($self, size=-1, /)", () => unsupported("read"), "Read at most size characters from stream."),
    readline: method("($self, size=-1, /)", () => unsupported("readline"), "Read until newline or EOF."),
    write: method("($self, s, /)", () => unsupported("write"), "Write string s to stream."),
  }),
  getset: () => ({
    encoding: getset(() => null, undefined, "Encoding of the text stream."),
    newlines: getset(() => null, undefined, "Line endings translated so far."),
    errors: getset(() => null, undefined, "The error setting of the decoder or encoder."),
  }),
});
