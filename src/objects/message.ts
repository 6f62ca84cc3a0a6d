/** Building texts of several parts, any of which may hold astral characters. */
import { type Str, strConcatAll } from "./str/astral.ts";

export const concat = (...parts: Str[]): Str => strConcatAll(parts);
