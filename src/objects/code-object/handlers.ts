/**
 * The exception table of code objects (`co_exceptiontable`).
 * Source: CPython's InternalDocs/exception_handling.md.
 */

const NO_HANDLERS = new Int32Array(0);

/**
 * Four numbers an entry: first code unit, the one after the last, the handler's, depth << 1 | whether the position is
 * pushed. Varints of 6 bits, most significant first; bit 6 continues, bit 7 begins an entry.
 */
export function decodeHandlers(table: Uint8Array): Int32Array {
  if (table.length === 0) return NO_HANDLERS;
  const entries: number[] = [];
  let at = 0;
  const varint = (): number => {
    let byte = table[at++];
    let value = byte & 63;
    while ((byte & 64) !== 0) {
      byte = table[at++];
      value = (value << 6) | (byte & 63);
    }
    return value;
  };
  while (at < table.length) {
    const start = varint();
    const length = varint();
    const target = varint();
    const depthAndLasti = varint();
    entries.push(start, start + length, target, depthAndLasti);
  }
  return Int32Array.from(entries);
}
