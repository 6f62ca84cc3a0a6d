/** `x ** y` for floats. */
export { pow as correctPow } from "./elementary/exp-log.ts";
