/** What iterators of native modules share. */
import type { Value } from "../../objects/core.ts";

/** `tp_iter` of an iterator. */
export const iterSelf = (self: Value): Value => self;
