/** The type `struct.Struct` and its iterator. */
import { BASETYPE, END, EXC, type Exc, HAS_WEAKREF, type KwNames, PyObject, type PyType, type Result, type Status, type Value, DISALLOW_INSTANTIATION } from "../../objects/core.ts";
import { bytesLikeArray, getBuffer, hasBuffer, PyBUF_WRITABLE } from "../../objects/buffer.ts";
import { bytesFromArray, PyByteArray, PyBytes } from "../../objects/bytes.ts";
import { getset, method, newType, parseArgs, rawMethod, signature } from "../../objects/define.ts";
import { memoryError, raise, raiseArgs, runtimeError, typeError } from "../../objects/errors.ts";
import { unicodeEncodeErrorType } from "../../objects/exceptions/types.ts";
import { concat } from "../../objects/message.ts";
import { repr } from "../../objects/protocol/object.ts";
import { newTuple } from "../../objects/tuple.ts";
import { typeOf } from "../../objects/types.ts";
import { strValue } from "../../objects/values.ts";
import { withAttributes } from "../../objects/with-attributes.ts";
import { asSsize } from "../support/arguments.ts";
import { iterSelf } from "../support/iterator.ts";
import { packAll, unpackAll } from "./convert.ts";
import { structErrorType } from "./error.ts";
import { FormatError, type Layout, parseFormat } from "./format.ts";

export class PyStruct extends PyObject {
  layout: Layout | null = null;
  format = "";
  constructor(cls: PyType) {
    super(cls.shapes);
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
  if (bad >= 0)
    return raiseArgs(unicodeEncodeErrorType, "ascii", format, bad, bad + 1, "ordinal not in range(128)");
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
  const memory = new Uint8Array(layout.size);
  return packAll(memory, layout, self.isNative, args, 0) === EXC ? EXC : bytesFromArray(memory);
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
  if (!hasBuffer(target) || target instanceof PyBytes)
    return typeError(`argument must be read-write bytes-like object, not ${typeOf(target).name}`);
  const buffer = getBuffer(target, PyBUF_WRITABLE);
  if (buffer === EXC) return EXC;
  try {
    const offset = asSsize(args[1]);
    if (offset === EXC) return EXC;
    const start = packOffset(offset, layout.size, buffer.length);
    if (start === EXC) return EXC;
    const memory = buffer.data.subarray(buffer.offset + start, buffer.offset + start + layout.size);
    memory.fill(0);
    return packAll(memory, layout, self.isNative, args, 2);
  } finally {
    buffer.release();
  }
}

function packOffset(offset: number, size: number, available: number): number | Exc {
  if (offset < 0) {
    if (offset + size > 0) return structError(`no space to pack ${size} bytes at offset ${offset}`);
    if (offset + available < 0) return structError(`offset ${offset} out of range for ${available}-byte buffer`);
    offset += available;
  }
  if (available - offset < size)
    return structError(
      `pack_into requires a buffer of at least ${size + offset} bytes for packing ${size} bytes at offset ${offset} (actual buffer size is ${available})`,
    );
  return offset;
}

export function unpack(self: PyStruct, source: Value): Result {
  const layout = ready(self);
  if (layout === EXC) return EXC;
  const memory = bytesLikeArray(source);
  if (memory === EXC) return EXC;
  if (memory.length !== layout.size) return structError(`unpack requires a buffer of ${layout.size} bytes`);
  return newTuple(unpackAll(memory, 0, layout));
}

export function unpackFrom(self: PyStruct, source: Value, where: Value | undefined): Result {
  const layout = ready(self);
  if (layout === EXC) return EXC;
  const memory = bytesLikeArray(source);
  if (memory === EXC) return EXC;
  const given = where === undefined ? 0 : asSsize(where);
  if (given === EXC) return EXC;
  let offset = given;
  const { size } = layout;
  if (offset < 0) {
    if (offset + size > 0) return structError(`not enough data to unpack ${size} bytes at offset ${offset}`);
    if (offset + memory.length < 0)
      return structError(`offset ${offset} out of range for ${memory.length}-byte buffer`);
    offset += memory.length;
  }
  if (memory.length - offset < size)
    return structError(
      `unpack_from requires a buffer of at least ${size + offset} bytes for unpacking ${size} bytes at offset ${offset} (actual buffer size is ${memory.length})`,
    );
  return newTuple(unpackAll(memory, offset, layout));
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
    const values = unpackAll(this.memory, this.offset, this.layout);
    this.offset += this.layout.size;
    return newTuple(values);
  }
  get remaining(): number {
    return (this.memory.length - this.offset) / this.layout.size;
  }
}

export const unpackIteratorType = newType("unpack_iterator", {
  module: "_struct",
  flags: DISALLOW_INSTANTIATION,
  slots: { tp_iter: iterSelf, tp_iternext: (self: UnpackIterator) => self.next() },
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
  return text === EXC ? EXC : concat(typeOf(self).name, "(", text, ")");
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
    pack: rawMethod(positional("_struct.Struct.pack", pack), "Bytes containing the values, packed by the format."),
    pack_into: rawMethod(positional("_struct.Struct.pack_into", packInto), "Packs the values into a writable buffer."),
    unpack: method("($self, buffer, /)", unpack, "A tuple of the values in the buffer."),
    unpack_from: method("($self, /, buffer, offset=0)", unpackFrom, "The same, starting at an offset."),
    iter_unpack: method("($self, buffer, /)", iterUnpack, "An iterator over tuples of values."),
    __sizeof__: method("($self, /)", (self: PyStruct) => 56 + 32 * (1 + (self.layout?.fields.length ?? 0))),
  }),
  getset: () => ({
    format: getset((self: PyStruct) => {
      const layout = ready(self);
      return layout === EXC ? EXC : self.format;
    }),
    size: getset((self: PyStruct) => self.layout?.size ?? -1),
  }),
});
