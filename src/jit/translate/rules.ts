/** All translation rules, by instruction. What has none is run as it is (`fallback.ts`). */
import type { Step } from "../record/log.ts";
import { attributeRules } from "./rules/attributes.ts";
import { unspecializedAttributeRules } from "./rules/unspecialized-attributes.ts";
import { binaryRules } from "./rules/binary.ts";
import { callRules } from "./rules/calls.ts";
import { compareRules } from "./rules/compare.ts";
import { containerRules } from "./rules/containers.ts";
import { exceptionRules } from "./rules/exceptions.ts";
import { flowRules } from "./rules/flow.ts";
import { generatorRules } from "./rules/generators.ts";
import { iterationRules } from "./rules/iteration.ts";
import { nameRules } from "./rules/names.ts";
import { quietRules } from "./rules/quiet-instructions.ts";
import { stackRules } from "./rules/stack.ts";
import { textRules } from "./rules/texts.ts";
import type { Translator } from "./translator.ts";

export type Rule = (t: Translator, step: Step) => void;

export const RULES: Readonly<Record<string, Rule>> = {
  ...stackRules,
  ...nameRules,
  ...binaryRules,
  ...compareRules,
  ...flowRules,
  ...iterationRules,
  ...attributeRules,
  ...unspecializedAttributeRules,
  ...containerRules,
  ...callRules,
  ...exceptionRules,
  ...quietRules,
  ...textRules,
  ...generatorRules,
};
