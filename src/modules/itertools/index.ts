/** `itertools`. */
import { fn, newModule } from "../../objects/define.ts";
import { accumulateType } from "./accumulate.ts";
import { batchedType } from "./batched.ts";
import { chainType } from "./chain.ts";
import { combinationsType, combinationsWithReplacementType, permutationsType } from "./combinatoric.ts";
import { countType, cycleType, repeatType } from "./endless.ts";
import { groupByType, grouperType } from "./groupby.ts";
import { isliceType } from "./islice.ts";
import { pairwiseType } from "./pairwise.ts";
import { productType } from "./product.ts";
import { compressType, dropWhileType, filterFalseType, takeWhileType } from "./select.ts";
import { starmapType } from "./starmap.ts";
import { tee, teeDataObjectType, teeType } from "./tee.ts";
import { zipLongestType } from "./zip-longest.ts";

export const itertoolsModule = newModule("itertools", {
  doc: "Functional tools for creating and using iterators.",
  functions: () => ({
    tee: fn("($module, iterable, n=2, /)", tee, "Returns a tuple of n independent iterators."),
  }),
  attributes: () => ({
    accumulate: accumulateType,
    batched: batchedType,
    chain: chainType,
    combinations: combinationsType,
    compress: compressType,
    count: countType,
    combinations_with_replacement: combinationsWithReplacementType,
    cycle: cycleType,
    dropwhile: dropWhileType,
    filterfalse: filterFalseType,
    groupby: groupByType,
    _grouper: grouperType,
    islice: isliceType,
    pairwise: pairwiseType,
    permutations: permutationsType,
    product: productType,
    repeat: repeatType,
    starmap: starmapType,
    takewhile: takeWhileType,
    _tee: teeType,
    _tee_dataobject: teeDataObjectType,
    zip_longest: zipLongestType,
  }),
});
