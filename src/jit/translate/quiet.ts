/**
 * Native functions that run no Python code and look at no frame when their arguments are of builtin types: around a
 * call of one, compiled code keeps what it knows and need not show its frames.
 */
import type { NativeDef } from "../../objects/native.ts";
import type { Kind } from "../ir/node.ts";

/** By full name; the arguments must all be of known kinds. */
const QUIET_FOR_KNOWN = new Set([
  "ord",
  "chr",
  "abs",
  "bin",
  "hex",
  "oct",
  "round",
  "divmod",
  "min",
  "max",
  "pow",
  "hash",
  "repr",
  "ascii",
  "format",
  "int.bit_length",
  "int.bit_count",
  "float.is_integer",
]);
/** Whatever their further arguments are: they are stored, or taken out. */
const QUIET_ALWAYS = new Set([
  "list.append",
  "list.reverse",
  "list.clear",
  "list.copy",
  "dict.keys",
  "dict.values",
  "dict.items",
  "dict.copy",
  "dict.clear",
  "set.copy",
  "deque.append",
  "deque.popleft",
  "deque.pop",
  "deque.appendleft",
  "time.perf_counter",
  "time.time",
  "time.monotonic",
  "id",
  "callable",
  "Random.random",
]);
/** With a list or a tuple, which are gone through without asking. */
const QUIET_FOR_SEQUENCE = new Set(["list.extend", "str.join"]);
/** With an index that is an int: others have an `__index__`. */
const QUIET_FOR_INDEX = new Set(["list.pop", "list.insert", "bytearray.append", "Random.getrandbits"]);
/** With arguments they ask registries, of codecs, for functions that may be anything. */
const QUIET_WITHOUT_ARGUMENTS = new Set(["str.encode"]);
/** With a key of a kind whose hash and equality are native. */
const QUIET_FOR_KEY = new Set(["dict.get", "dict.pop", "dict.setdefault", "set.add", "set.discard", "set.remove"]);

/** Looks a key up in its first argument. */
export const looksUp = (def: NativeDef): boolean => QUIET_FOR_KEY.has(def.fullName);

const isKnown = (kind: Kind): boolean => kind !== "any" && kind !== "unbound";
/** Converting, comparing and showing such a value runs no Python code. */
export const isScalar = (kind: Kind): boolean =>
  kind === "int" ||
  kind === "bigint" ||
  kind === "float" ||
  kind === "boxed" ||
  kind === "bool" ||
  kind === "none" ||
  kind === "str";
export const isPlain = (kind: Kind): boolean => isKnown(kind) && kind !== "tuple";

export function isQuiet(def: NativeDef, kinds: readonly Kind[]): boolean {
  const { fullName } = def;
  if (QUIET_ALWAYS.has(fullName)) return true;
  if (QUIET_WITHOUT_ARGUMENTS.has(fullName)) return kinds.length < 2;
  if (QUIET_FOR_SEQUENCE.has(fullName)) return kinds[1] === "list" || kinds[1] === "tuple";
  if (QUIET_FOR_INDEX.has(fullName)) return kinds.length < 2 || kinds[1] === "int";
  if (QUIET_FOR_KEY.has(fullName)) return isPlain(kinds[1]);
  if (QUIET_FOR_KNOWN.has(fullName) || fullName.startsWith("math.")) return kinds.every(isScalar);
  return fullName.startsWith("str.") && kinds.every(isScalar);
}
