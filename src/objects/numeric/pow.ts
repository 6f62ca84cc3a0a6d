/** `x ** y` for floats. */

/** C's `pow`, for finite non-zero `x`, finite `y`. */
export function correctPow(x: number, y: number): number {
  if (y === 2) return x * x;
  return x ** y;
}
