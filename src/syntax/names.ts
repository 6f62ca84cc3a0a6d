/** Identifiers: PEP 3131's normal form. */

/** NFKC of an identifier; ASCII is its own. */
export function nfkc(text: string): string {
  for (let index = 0; index < text.length; index++) if (text.charCodeAt(index) >= 128) return text.normalize("NFKC");
  return flat(text);
}

/**
 * A copy that does not keep `text`'s parent string alive: a slice of a large source would otherwise hold all of it.
 * V8 makes slices of 13 units and more refer to their parent.
 */
function flat(text: string): string {
  return text.length < 13 ? text : [...text].join("");
}
