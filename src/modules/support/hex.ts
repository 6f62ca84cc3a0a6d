/** Hexadecimal text of bytes. */
const HEX = "0123456789abcdef";

export function hexlify(data: Uint8Array): string {
  let text = "";
  for (let i = 0; i < data.length; i++) text += HEX[data[i] >> 4] + HEX[data[i] & 15];
  return text;
}
