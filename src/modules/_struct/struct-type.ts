/** The type `struct.Struct` and its iterator. */
import { shortName } from "../../objects/type/short-name.ts";
import {
  BASETYPE,
  END,
  EXC,
  type Exc,
  HAS_WEAKREF,
  type Int,
  type KwNames,
  PyObject,
  type PyType,
  type Result,
  type Status,
  type Value,
  DISALLOW_INSTANTIATION,
} from "../../objects/core.ts";
import { bytesLike, bytesLikeArray, getBuffer, PyBUF_WRITABLE } from "../../objects/buffer.ts";
import { bytesFromArray, latin1FromArray, PyByteArray, PyBytes } from "../../objects/bytes.ts";
import { getset, method, newType, parseArgs, rawMethod, signature } from "../../objects/define.ts";
import { clearException, memoryError, raise, raiseArgs, runtimeError, typeError } from "../../objects/errors.ts";
import { unicodeEncodeErrorType } from "../../objects/exceptions/types.ts";
import { concat } from "../../objects/message.ts";
import { repr } from "../../objects/protocol/object.ts";
import { newTuple } from "../../objects/tuple.ts";
import { typeOf } from "../../objects/types.ts";
import { strValue } from "../../objects/values.ts";
import { withAttributes } from "../../objects/with-attributes.ts";
import { asIndex } from "../../objects/protocol/convert.ts";
import { asSsize } from "../support/arguments.ts";
import { iterSelf } from "../support/iterator.ts";
import { packAll, unpackAll } from "./convert.ts";
import { structErrorType } from "./error.ts";
import { FormatError, type Layout, parseFormat } from "./format.ts";

/** Greatest size of the memory that a struct keeps, in bytes. */
const KEPT = 256;

export class PyStruct extends PyObject {
  layout: Layout | null = null;
  format = "";
  constructor(cls: PyType) {
    super(cls.shapes);
  }
  /** What the last packing left, to be used again: packing may call Python code that packs with this struct. */
  private memory: DataView | null = null;

  /** Zeros to pack into. */
  takeMemory(size: number): DataView {
    const { memory } = this;
    this.memory = null;
    if (memory === null || memory.byteLength !== size) return new DataView(new ArrayBuffer(size));
    for (let i = 0; i < size; i++) memory.setUint8(i, 0);
    return memory;
  }
  giveBack(memory: DataView): void {
    if (memory.byteLength <= KEPT) this.memory = memory;
  }
  get isNative(): boolean {
    const first = this.format[0];
    return first === undefined || !"<>=!".includes(first);
  }
}
class PyStructSub extends withAttributes(PyStruct) {}

const structError = (message: string): Exc => raise(structErrorType, message);
const BUFFER_LIMIT = 2 ** 32;

/** The text of a format argument. */
function formatText(format: Value): string | Exc {
  if (format instanceof PyBytes) return format.latin1;
  if (format instanceof PyByteArray || strValue(format) === undefined)
    return typeError(`Struct() argument 1 must be a str or bytes object, not ${typeOf(format).name}`);
  const text = strValue(format);
  const units = typeof text === "string" ? text : String(text);
  const bad = units.search(/[^\0-\x7f]/);
  if (bad >= 0) return raiseArgs(unicodeEncodeErrorType, "ascii", format, bad, bad + 1, "ordinal not in range(128)");
  return units;
}

/** Prepares `self` for `format`. */
export function initStruct(self: PyStruct, format: Value): Status {
  const text = formatText(format);
  if (text === EXC) return EXC;
  try {
    self.layout = parseFormat(text);
  } catch (error) {
    if (error instanceof FormatError) return structError(error.message);
    throw error;
  }
  self.format = text;
  return null;
}

const SIG = signature("(format)");
function structInit(self: PyStruct, args: Value[], kwnames: KwNames): Status {
  const bound = parseArgs(SIG, "Struct", args, kwnames);
  return bound === EXC ? EXC : initStruct(self, bound[0] as Value);
}

function ready(self: PyStruct): Layout | Exc {
  return self.layout ?? runtimeError("Struct object is not initialized");
}

export function pack(self: PyStruct, args: Value[]): Result {
  const layout = ready(self);
  if (layout === EXC) return EXC;
  if (args.length !== layout.values)
    return structError(`pack expected ${layout.values} items for packing (got ${args.length})`);
  if (layout.size > BUFFER_LIMIT) return memoryError();
  const view = self.takeMemory(layout.size);
  if (packAll(view, layout, self.isNative, args, 0) === EXC) return EXC;
  const packed = bytesFromArray(new Uint8Array(view.buffer));
  self.giveBack(view);
  return packed;
}

export function packInto(self: PyStruct, args: Value[]): Result {
  const layout = ready(self);
  if (layout === EXC) return EXC;
  if (args.length !== layout.values + 2) {
    if (args.length === 0) return structError("pack_into expected buffer argument");
    if (args.length === 1) return structError("pack_into expected offset argument");
    return structError(`pack_into expected ${layout.values} items for packing (got ${args.length - 2})`);
  }
  const target = args[0];
  const buffer = getBuffer(target, PyBUF_WRITABLE);
  if (buffer === EXC) {
    clearException();
    return typeError(`argument must be read-write bytes-like object, not ${typeOf(target).name}`);
  }
  try {
    const offset = offsetOf(args[1]);
    if (offset === EXC) return EXC;
    const start = placeOf(offset, layout.size, buffer.length, PACKING);
    if (start === EXC) return EXC;
    const memory = buffer.data.subarray(buffer.offset + start, buffer.offset + start + layout.size);
    memory.fill(0);
    const view = new DataView(memory.buffer, memory.byteOffset, memory.byteLength);
    return packAll(view, layout, self.isNative, args, 2);
  } finally {
    buffer.release();
  }
}

/** An offset argument, exact to 63 bits: messages show it. */
function offsetOf(value: Value): Int | Exc {
  const offset = asIndex(value);
  if (typeof offset === "bigint" && BigInt.asIntN(64, offset) !== offset) return asSsize(value);
  return offset;
}

interface Wording {
  /** What happens at a negative offset that leaves too little. */
  readonly short: string;
  readonly name: string;
  readonly doing: string;
}
const PACKING: Wording = { short: "no space to pack", name: "pack_into", doing: "packing" };
const UNPACKING: Wording = { short: "not enough data to unpack", name: "unpack_from", doing: "unpacking" };

/** Where `size` bytes at `offset` of `available` ones begin; negative offsets count from the end. */
function placeOf(offset: Int, size: number, available: number, wording: Wording): number | Exc {
  let place = BigInt(offset);
  if (place < 0n) {
    if (place + BigInt(size) > 0n) return structError(`${wording.short} ${size} bytes at offset ${offset}`);
    if (place + BigInt(available) < 0n)
      return structError(`offset ${offset} out of range for ${available}-byte buffer`);
    place += BigInt(available);
  }
  if (BigInt(available) - place < BigInt(size))
    return structError(
      `${wording.name} requires a buffer of at least ${BigInt(size) + place} bytes for ${wording.doing} ${size} bytes at offset ${place} (actual buffer size is ${available})`,
    );
  return Number(place);
}

export function unpack(self: PyStruct, source: Value): Result {
  const layout = ready(self);
  if (layout === EXC) return EXC;
  const content = bytesLike(source);
  if (content === EXC) return EXC;
  if (content.length !== layout.size) return structError(`unpack requires a buffer of ${layout.size} bytes`);
  return newTuple(unpackAll(content, 0, layout));
}

export function unpackFrom(self: PyStruct, source: Value, where: Value | undefined): Result {
  const layout = ready(self);
  if (layout === EXC) return EXC;
  // Of bytes nothing needs to be copied, of other buffers only what is read.
  const memory = source instanceof PyBytes ? source.latin1 : bytesLikeArray(source);
  if (memory === EXC) return EXC;
  const offset = where === undefined ? 0 : offsetOf(where);
  if (offset === EXC) return EXC;
  const isWithin = typeof offset === "number" && offset >= 0 && offset + layout.size <= memory.length;
  const place = isWithin ? offset : placeOf(offset, layout.size, memory.length, UNPACKING);
  if (place === EXC) return EXC;
  if (typeof memory === "string") return newTuple(unpackAll(memory, place, layout));
  return newTuple(unpackAll(latin1FromArray(memory, place, place + layout.size), 0, layout));
}

class UnpackIterator extends PyObject {
  private offset = 0;
  constructor(
    private readonly layout: Layout,
    private readonly memory: Uint8Array,
  ) {
    super(unpackIteratorType.shapes);
  }
  next(): Value | typeof END {
    if (this.offset >= this.memory.length) return END;
    const start = this.offset;
    this.offset += this.layout.size;
    return newTuple(unpackAll(latin1FromArray(this.memory, start, this.offset), 0, this.layout));
  }
  get remaining(): number {
    return (this.memory.length - this.offset) / this.layout.size;
  }
}

export const unpackIteratorType = newType("unpack_iterator", {
  module: "_struct",
  flags: DISALLOW_INSTANTIATION,
  slots: { tp_new: null, tp_iter: iterSelf, tp_iternext: (self: UnpackIterator) => self.next() },
  methods: () => ({
    __length_hint__: method("($self, /)", (self: UnpackIterator) => self.remaining),
  }),
});

export function iterUnpack(self: PyStruct, source: Value): Result {
  const layout = ready(self);
  if (layout === EXC) return EXC;
  if (layout.size === 0) return structError("cannot iteratively unpack with a struct of length 0");
  const memory = bytesLikeArray(source);
  if (memory === EXC) return EXC;
  if (memory.length % layout.size !== 0)
    return structError(`iterative unpacking requires a buffer of a multiple of ${layout.size} bytes`);
  return new UnpackIterator(layout, memory);
}

const positional =
  (name: string, run: (self: PyStruct, args: Value[]) => Result) =>
  (self: PyStruct, args: Value[], kwnames: KwNames): Result => {
    if (kwnames !== null && kwnames.length > 0) return typeError(`${name}() takes no keyword arguments`);
    return run(self, args);
  };

function structRepr(self: PyStruct): Result {
  if (ready(self) === EXC) return EXC;
  const text = repr(self.format);
  return text === EXC ? EXC : concat(shortName(typeOf(self)), "(", text, ")");
}

export const structType: PyType = newType("Struct", {
  module: "_struct",
  doc: "A compiled struct format.",
  flags: BASETYPE | HAS_WEAKREF,
  slots: {
    tp_alloc: (cls) => (cls === structType ? new PyStruct(cls) : new PyStructSub(cls)),
    tp_init: structInit,
    tp_repr: structRepr,
  },
  methods: () => ({
    pack: rawMethod(positional("Struct.pack", pack), "Bytes containing the values, packed by the format."),
    pack_into: rawMethod(positional("Struct.pack_into", packInto), "Packs the values into a writable buffer."),
    unpack: method("($self, buffer, /)", unpack, "A tuple of the values in the buffer."),
    unpack_from: method("($self, /, buffer, offset=0)", unpackFrom, "The same, starting at an offset."),
    iter_unpack: method("($self, buffer, /)", iterUnpack, "An iterator over tuples of values."),
    __sizeof__: method("($self, /)", (self: PyStruct) => {
      const layout = ready(self);
      return layout === EXC ? EXC : 56 + 32 * (1 + layout.fields.length);
    }),
  }),
  getset: () => ({
    format: getset((self: PyStruct) => {
      const layout = ready(self);
      return layout === EXC ? EXC : self.format;
    }),
    size: getset((self: PyStruct) => self.layout?.size ?? -1),
  }),
});
