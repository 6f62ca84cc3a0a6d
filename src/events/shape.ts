/**
 * What must be in a document for it to be shown: files come from elsewhere, and one that was cut short, or written by
 * hand, is told of before anything is read from it.
 */
export type Shape =
  | "number"
  | "text"
  | "flag"
  | "any"
  /** Numbers by name. */
  | "tally"
  | { readonly list: Shape }
  | { readonly tuple: readonly Shape[] }
  /** By name. */
  | { readonly each: Shape }
  | { readonly orNull: Shape }
  /** One that has itself in it. */
  | { readonly later: () => Shape }
  | { readonly fields: Readonly<Record<string, Shape>> };

/** The first thing that is missing or of another kind, such as `files[0].lines`; null: all is there. */
export function missingIn(value: unknown, shape: Shape, path = ""): string | null {
  const here = path === "" ? "all" : path;
  if (shape === "number") return typeof value === "number" ? null : here;
  if (shape === "text") return typeof value === "string" ? null : here;
  if (shape === "any") return value === undefined ? here : null;
  if (shape === "flag") return typeof value === "boolean" ? null : here;
  if (shape === "tally") return missingIn(value, { each: "number" }, path);
  if ("orNull" in shape) return value === null ? null : missingIn(value, shape.orNull, path);
  if ("later" in shape) return missingIn(value, shape.later(), path);
  if ("list" in shape) {
    if (!Array.isArray(value)) return here;
    return first(value.entries(), (i, item) => missingIn(item, shape.list, `${path}[${i}]`));
  }
  if ("tuple" in shape) {
    if (!Array.isArray(value)) return here;
    return first(shape.tuple.entries(), (i, inner) => missingIn(value[i], inner, `${path}[${i}]`));
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) return here;
  const below = (name: string): string => (path === "" ? name : `${path}.${name}`);
  if ("each" in shape) return first(Object.entries(value), (name, item) => missingIn(item, shape.each, below(name)));
  const found = value as Record<string, unknown>;
  return first(Object.entries(shape.fields), (name, inner) => missingIn(found[name], inner, below(name)));
}
function first<K, V>(entries: Iterable<readonly [K, V]>, problem: (key: K, value: V) => string | null): string | null {
  for (const [key, value] of entries) {
    const found = problem(key, value);
    if (found !== null) return found;
  }
  return null;
}
