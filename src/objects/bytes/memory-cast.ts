/** `memoryview.cast`: another format or shape for the same memory. */
import { EXC, type Exc, type Result, type Value } from "../core.ts";
import { isContiguous, stridesOf } from "../buffer.ts";
import { typeError, valueError } from "../errors.ts";
import { PyList } from "../list.ts";
import { PyMemoryView } from "../memoryview.ts";
import { asSize } from "../protocol/convert.ts";
import { typeName } from "../str/args.ts";
import { PyTuple } from "../tuple.ts";
import { intValue, strValue } from "../values.ts";
import { nativeFormat, nativeSize } from "./memory-items.ts";

const isByte = (char: string): boolean => char === "b" || char === "B" || char === "c";
const NATIVE = "format must be a native single character format prefixed with an optional '@'";

export function castView(self: PyMemoryView, format: Value, shape?: Value): Result {
  const text = strValue(format);
  if (typeof text !== "string") return typeError(`cast() argument 'format' must be str, not ${typeName(format)}`);
  if (!isContiguous(self.dims, self.strides, self.itemsize)) {
    return typeError("memoryview: casts are restricted to C-contiguous views");
  }
  if ((shape !== undefined || self.dims.length !== 1) && self.dims.includes(0)) {
    return typeError("memoryview: cannot cast view with zeros in shape or strides");
  }
  let sizes: readonly Value[] | undefined;
  if (shape !== undefined) {
    if (!(shape instanceof PyList || shape instanceof PyTuple)) return typeError("shape must be a list or a tuple");
    sizes = shape.items;
    if (sizes.length > 64) return valueError("memoryview: number of dimensions must not exceed 64");
    if (self.dims.length !== 1 && sizes.length !== 1) return typeError("memoryview: cast must be 1D -> ND or ND -> 1D");
  }
  const itemsize = checkFormats(self, text);
  if (itemsize === EXC) return EXC;
  const dims = sizes === undefined ? [self.nbytes / itemsize] : dimensions(sizes, itemsize, self.nbytes);
  if (dims === EXC) return EXC;
  return new PyMemoryView(self.managed, self.offset, text, itemsize, dims, stridesOf(dims, itemsize), self.readonly);
}

/** The new item's size. */
function checkFormats(self: PyMemoryView, format: string): number | Exc {
  const from = nativeFormat(self.format);
  if (from === undefined) return valueError(`memoryview: source ${NATIVE}`);
  const to = nativeFormat(format);
  if (to === undefined) return valueError(`memoryview: destination ${NATIVE}`);
  if (!isByte(from) && !isByte(to)) return typeError("memoryview: cannot cast between two non-byte formats");
  const size = nativeSize(to);
  return self.nbytes % size !== 0 ? typeError("memoryview: length is not a multiple of itemsize") : size;
}

function dimensions(sizes: readonly Value[], itemsize: number, nbytes: number): number[] | Exc {
  const dims: number[] = [];
  let product = itemsize;
  for (const size of sizes) {
    if (intValue(size) === undefined) return typeError("memoryview.cast(): elements of shape must be integers");
    const n = asSize(size);
    if (n === EXC) return EXC;
    if (n <= 0) return valueError("memoryview.cast(): elements of shape must be integers > 0");
    product *= n;
    if (product > Number.MAX_SAFE_INTEGER) return valueError("memoryview.cast(): product(shape) > SSIZE_MAX");
    dims.push(n);
  }
  return product === nbytes ? dims : typeError("memoryview: product(shape) * itemsize != buffer size");
}
