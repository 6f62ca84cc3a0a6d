/** `_io.BufferedRWPair`: one object for two raw files, one to read and one to write. */
import {
  BASETYPE,
  EXC,
  HAS_DICT,
  HAS_WEAKREF,
  type KwNames,
  type Result,
  type Status,
  type Value,
} from "../../objects/core.ts";
import { getset, method, newType, parseArgs, rawMethod, signature } from "../../objects/define.ts";
import { valueError } from "../../objects/errors.ts";
import type { NativeDef } from "../../objects/native.ts";
import { call, callMethod } from "../../objects/protocol/call.ts";
import { getAttr, isTrue } from "../../objects/protocol/object.ts";
import { bufferedIOBaseType } from "./abstract.ts";
import { bufferedReaderType, bufferedWriterType, noState } from "./buffered-types.ts";
import { chained, setAside } from "./chain.ts";
import { checkReadable, checkWritable } from "./io-base.ts";
import { PyIOBase } from "./object.ts";

class PyRWPair extends PyIOBase {
  reader: Value | undefined = undefined;
  writer: Value | undefined = undefined;
}

const INIT = signature("(reader, writer, buffer_size=131072, /)");
function init(self: PyRWPair, args: Value[], kwnames: KwNames): Status {
  const bound = parseArgs(INIT, "BufferedRWPair", args, kwnames);
  if (bound === EXC) return EXC;
  const [reader, writer, size] = bound as Value[];
  if (checkReadable(reader) === EXC || checkWritable(writer) === EXC) return EXC;
  const rest = size === undefined ? [] : [size];
  const r = call(bufferedReaderType, [reader, ...rest]);
  if (r === EXC) return EXC;
  const w = call(bufferedWriterType, [writer, ...rest]);
  if (w === EXC) return EXC;
  self.reader = r;
  self.writer = w;
  return null;
}

const NOT_READY = "I/O operation on uninitialized object";
const forward = (side: "reader" | "writer", name: string): NativeDef =>
  rawMethod((self: PyRWPair, args: Value[]) => {
    const target = self[side];
    return target === undefined ? valueError(NOT_READY) : callMethod(target, name, args);
  });

function close(self: PyRWPair): Result {
  if (self.writer === undefined || self.reader === undefined) return valueError(NOT_READY);
  const first = setAside(callMethod(self.writer, "close"));
  return chained(first, callMethod(self.reader, "close"));
}
function isatty(self: PyRWPair): Result {
  if (self.writer === undefined || self.reader === undefined) return valueError(NOT_READY);
  const writer = callMethod(self.writer, "isatty");
  if (writer === EXC) return EXC;
  const truth = isTrue(writer);
  if (truth === EXC) return EXC;
  return truth ? writer : callMethod(self.reader, "isatty");
}

export const rwPairType = newType("BufferedRWPair", {
  module: "_io",
  doc: "A buffered reader and writer object together.",
  textSignature: "(reader, writer, buffer_size=131072, /)",
  base: bufferedIOBaseType,
  flags: BASETYPE | HAS_DICT | HAS_WEAKREF,
  slots: { tp_alloc: (cls) => new PyRWPair(cls), tp_init: init },
  methods: () => ({
    read: forward("reader", "read"),
    peek: forward("reader", "peek"),
    read1: forward("reader", "read1"),
    readinto: forward("reader", "readinto"),
    readinto1: forward("reader", "readinto1"),
    readable: forward("reader", "readable").signedAs("($self, /)"),
    write: forward("writer", "write"),
    flush: forward("writer", "flush").signedAs("($self, /)"),
    writable: forward("writer", "writable").signedAs("($self, /)"),
    close: method("($self, /)", close),
    isatty: method("($self, /)", isatty),
    __getstate__: method("($self, /)", noState),
  }),
  getset: () => ({
    closed: getset((self: PyRWPair) =>
      self.writer === undefined
        ? valueError("the BufferedRWPair object is being garbage-collected")
        : getAttr(self.writer, "closed"),
    ),
  }),
});
