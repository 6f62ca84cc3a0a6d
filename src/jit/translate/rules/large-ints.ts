/**
 * Sums and products that have been seen to be no small ints. They are exact, as `LARGE_…`, and run no Python code. But most
 * of them (hashes, random numbers) are cut to 32 bits or fewer at once, by `&` or `%`, and for those bits the low
 * bits of the operands are enough: then nobody uses the large int, and it is not made.
 */
import type { Node } from "../../ir/node.ts";
import type { Translator } from "../translator.ts";

const LARGE: Readonly<Record<string, string>> = { "+": "LARGE_ADD", "-": "LARGE_SUBTRACT", "*": "LARGE_MULTIPLY" };
/** The same modulo 2³², of the operands' low bits. */
const LOW_BITS: Readonly<Record<string, string>> = {
  LARGE_ADD: "LOW_ADD",
  LARGE_SUBTRACT: "LOW_SUBTRACT",
  LARGE_MULTIPLY: "LOW_MULTIPLY",
};
const UINT32 = 2 ** 32;

const isLarge = (node: Node): boolean => node.op in LOW_BITS;
const isInt = (t: Translator, node: Node): boolean => t.kindOf(node) === "int";

/** An operation of two ints of which one, or the result, is large; null: none of these. */
export function largeOperation(t: Translator, operator: string, a: Node, b: Node): Node | null {
  const areExact = [a, b].every((node) => isInt(t, node) || isLarge(node));
  if (!areExact) return null;
  // Of two large factors the product could grow without end.
  if (operator in LARGE)
    return operator === "*" && isLarge(a) && isLarge(b) ? null : t.emit(LARGE[operator], [a, b], "any");
  if (operator === "&") return isLarge(a) ? masked(t, a, b) : masked(t, b, a);
  return operator === "%" && isLarge(a) && isInt(t, b) && b.low > 0 ? remainder(t, a, b) : null;
}

function masked(t: Translator, large: Node, mask: Node): Node | null {
  if (!isLarge(large) || !isInt(t, mask) || mask.low < 0 || mask.high >= UINT32) return null;
  return bounded(t.emit("INT_AND_UNSIGNED", [lowBits(t, large), mask], "int"), 0, mask.high);
}
function remainder(t: Translator, large: Node, divisor: Node): Node {
  const isPowerOfTwo = divisor.isConstant && divisor.low <= UINT32 && Number.isInteger(Math.log2(divisor.low));
  if (isPowerOfTwo) return masked(t, large, t.constant(divisor.low - 1)) as Node;
  return bounded(t.emit("LARGE_REMAINDER", [large, divisor], "int"), 0, divisor.high - 1);
}

function lowBits(t: Translator, node: Node): Node {
  const op = LOW_BITS[node.op];
  const bits =
    op === undefined
      ? t.emit("LOW_BITS", [node], "int")
      : t.emit(
          op,
          node.args.map((arg) => lowBits(t, arg)),
          "int",
        );
  return bounded(bits, -UINT32 / 2, UINT32 / 2 - 1);
}
function bounded(node: Node, low: number, high: number): Node {
  node.low = low;
  node.high = high;
  return node;
}
