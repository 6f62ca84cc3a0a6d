/** `pickle.PickleBuffer`: marks a buffer as one that need not be part of the pickle. */
import {
  type PyBuffer as Buffer,
  bufferError,
  getBuffer,
  isContiguous,
  PyBuffer,
  PyBUF_FULL_RO,
} from "../../objects/buffer.ts";
import {
  EXC,
  type Exc,
  HAS_WEAKREF,
  type KwNames,
  PyObject,
  type PyType,
  type Result,
  type Value,
} from "../../objects/core.ts";
import { method, newType } from "../../objects/define.ts";
import { typeError, valueError } from "../../objects/errors.ts";
import { viewOfBuffer } from "../../objects/memoryview.ts";

export class PyPickleBuffer extends PyObject {
  constructor(
    cls: PyType,
    /** null once released. */
    public buffer: Buffer | null,
  ) {
    super(cls.shapes);
  }
}

function make(cls: PyType, args: Value[], kwnames: KwNames): Result {
  const positional = args.length - (kwnames?.length ?? 0);
  if (args.length > 1) return typeError(`PickleBuffer() takes at most 1 argument (${args.length} given)`);
  if (positional !== 1) return typeError(`PickleBuffer() takes exactly 1 positional argument (${positional} given)`);
  const buffer = getBuffer(args[0], PyBUF_FULL_RO);
  if (buffer === EXC) return EXC;
  // As memoryviews do: what nobody refers to any more must not forbid resizing (see ManagedBuffer).
  if (buffer.countsOnly) buffer.release();
  return new PyPickleBuffer(cls, buffer);
}

/** The buffer it holds. */
export function bufferOf(self: PyPickleBuffer): Buffer | Exc {
  return self.buffer ?? valueError("operation forbidden on released PickleBuffer object");
}

/** A flat view of bytes over memory that is contiguous in C's or Fortran's order. */
function raw(self: PyPickleBuffer): Result {
  const buffer = bufferOf(self);
  if (buffer === EXC) return EXC;
  const { shapeOf, strides, itemsize } = buffer;
  if (!buffer.isContiguous && !isContiguous([...shapeOf].reverse(), [...strides].reverse(), itemsize))
    return bufferError("cannot extract raw buffer from non-contiguous buffer");
  return viewOfBuffer(new PyBuffer(buffer.owner, buffer.data, buffer.offset, buffer.length, buffer.readonly));
}

export const pickleBufferType: PyType = newType("PickleBuffer", {
  module: "pickle",
  doc: "Marks a buffer that a pickler may hand over beside the pickle.",
  flags: HAS_WEAKREF,
  slots: {
    tp_new: make,
    bf_getbuffer: (self: PyPickleBuffer, flags: number) => {
      const buffer = bufferOf(self);
      return buffer === EXC ? EXC : getBuffer(buffer.owner, flags);
    },
  },
  methods: () => ({
    raw: method("($self, /)", raw, "The memory as a flat memoryview of bytes."),
    release: method(
      "($self, /)",
      (self: PyPickleBuffer) => {
        self.buffer?.release();
        self.buffer = null;
        return null;
      },
      "Gives the buffer back; nothing else can be done then.",
    ),
  }),
});
