/** The compiler's constants as Python values. */
import type { CodeConst } from "../compiler/code.ts";
import { newBytes } from "./bytes.ts";
import { PyCode } from "./code.ts";
import { newComplex } from "./complex.ts";
import type { Value } from "./core.ts";
import { newFloat } from "./float.ts";
import { newFrozenset } from "./set.ts";
import { Ellipsis } from "./singletons.ts";
import { newSlice } from "./slice.ts";
import { strFromPoints } from "./str/astral.ts";
import { newTuple } from "./tuple.ts";
import { uniformArray } from "./uniform-array.ts";

export function valueOfConst(c: CodeConst): Value {
  switch (c.t) {
    case "none":
      return null;
    case "bool":
    case "int":
    case "str":
      return c.v;
    case "float":
      return newFloat(c.v);
    case "complex":
      return newComplex(c.re, c.im);
    case "astral":
      return strFromPoints(c.v);
    case "bytes":
      return newBytes(c.v);
    case "ellipsis":
      return Ellipsis;
    case "tuple":
      return newTuple(uniformArray(c.v.map(valueOfConst)));
    case "frozenset": {
      const set = newFrozenset();
      for (const item of c.v) set.add(valueOfConst(item));
      return set;
    }
    case "slice":
      return newSlice(valueOfConst(c.v[0]), valueOfConst(c.v[1]), valueOfConst(c.v[2]));
    case "code":
      return new PyCode(c.v);
  }
}
