/** Type-level helpers of the object model. */

/** `T` with its properties writable: for the few places that tie a knot at start-up. */
export type Mutable<T> = { -readonly [K in keyof T]: T[K] };
