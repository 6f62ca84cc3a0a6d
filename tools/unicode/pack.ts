/** Packs non-negative integers into printable ASCII: five bits a character, little end first (decoder: unpack.ts). */
export function packInts(ints: readonly number[]): string {
  let text = "";
  for (const int of ints) {
    let rest = int;
    while (rest >= 32) {
      text += symbol((rest % 32) + 32);
      rest = Math.floor(rest / 32);
    }
    text += symbol(rest);
  }
  return text;
}

/** 64 characters from "#" on, without the backslash. */
function symbol(value: number): string {
  return String.fromCharCode(value + 35 >= 92 ? value + 36 : value + 35);
}
