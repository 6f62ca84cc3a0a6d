/** Source files: from bytes to text (PEP 263). */
export function decodeSource(bytes: Uint8Array, _filename: string): string {
  return new TextDecoder("utf-8", { ignoreBOM: false }).decode(bytes);
}
