/** Buffers of classes written in Python (PEP 688): `__buffer__` gives a memoryview, `__release_buffer__` is told. */
import { PyBuffer } from "../buffer.ts";
import { EXC, type Exc, type Value } from "../core.ts";
import { clearException, typeError } from "../errors.ts";
import { PyMemoryView } from "../memoryview.ts";
import { callSpecial } from "../protocol/object.ts";

/** The buffer behind the memoryview that `owner.__buffer__()` returned. */
export function bufferOfPython(owner: Value, view: Value): PyBuffer | Exc {
  if (!(view instanceof PyMemoryView)) {
    return typeError("__buffer__ returned non-memoryview object");
  }
  if (view.released) return typeError("__buffer__ returned a released memoryview");
  view.exports++;
  const buffer = new PyBuffer(
    owner,
    view.memory,
    view.offset,
    view.nbytes,
    view.readonly,
    { format: view.format, itemsize: view.itemsize, shape: view.dims, strides: view.strides },
    () => {
      view.exports--;
      // Errors of `__release_buffer__` have nowhere to go.
      if (callSpecial(owner, "__release_buffer__", [view]) === EXC) clearException();
    },
  );
  buffer.countsOnly = false;
  return buffer;
}
