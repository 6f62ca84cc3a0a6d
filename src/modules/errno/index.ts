/** The module `errno`: Linux's error numbers. */
import { ERRORS } from "../../host/errno.ts";
import { newDict } from "../../objects/dict.ts";
import { newModule } from "../../objects/define.ts";
import type { Value } from "../../objects/core.ts";

export const errnoModule = newModule("errno", {
  doc: "This module makes available standard errno system symbols.",
  attributes: () => {
    const attributes: Record<string, Value> = {};
    const errorcode = newDict();
    // Where two names share a number, the table's first one stands for it.
    for (const [name, number] of [...ERRORS].reverse()) void errorcode.set(number, name);
    for (const [name, number] of ERRORS) attributes[name] = number;
    attributes.errorcode = errorcode;
    return attributes;
  },
});
