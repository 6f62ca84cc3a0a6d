/** The passes over the flow graph, in their order. */
import type { CodeConst } from "../code.ts";
import type { Unit } from "../codegen/unit.ts";
import { type Block, clearVisited } from "./block.ts";
import { borrowLoads } from "./borrow.ts";
import { buildBlocks } from "./build.ts";
import { pushColdToEnd } from "./cold.ts";
import { optimizeLoadConst, removeUnusedConsts } from "./constants.ts";
import { stackDepth } from "./depth.ts";
import { convertConditionalJumps, convertPseudoOps, normalizeJumps, prepareLocals } from "./finish.ts";
import { labelHandlers } from "./handlers.ts";
import { inlineSmallBlocks } from "./inline.ts";
import { resolveLines } from "./lines.ts";
import { checkUnboundLoads, insertSuperinstructions } from "./locals.ts";
import { removeNopsAndJumps, removeNopsAndPairs } from "./nops.ts";
import { optimizeBlock } from "./peephole.ts";
import { removeUnreachable } from "./reach.ts";

export interface FlowResult {
  entry: Block;
  consts: CodeConst[];
  stackSize: number;
  nlocalsplus: number;
}

export function runFlow(u: Unit, flags: number, nparams: number): FlowResult {
  const entry = buildBlocks(u.seq);
  labelHandlers(entry);
  optimize(entry, u);
  const consts = removeUnusedConsts(entry, u.consts);
  checkUnboundLoads(entry, u.varnames.size, nparams);
  insertSuperinstructions(entry);
  pushColdToEnd(entry);
  resolveLines(entry);
  convertConditionalJumps(entry);
  const stackSize = stackDepth(entry);
  const nlocalsplus = prepareLocals(entry, u, flags);
  convertPseudoOps(entry);
  normalizeJumps(entry);
  borrowLoads(entry);
  return { entry, consts, stackSize, nlocalsplus };
}

function optimize(entry: Block, u: Unit): void {
  clearVisited(entry);
  inlineSmallBlocks(entry);
  removeUnreachable(entry);
  resolveLines(entry);
  for (let b: Block | null = entry; b !== null; b = b.next) optimizeLoadConst(b, u);
  for (let b: Block | null = entry; b !== null; b = b.next) optimizeBlock(b, u);
  removeNopsAndPairs(entry);
  removeUnreachable(entry);
  removeNopsAndJumps(entry);
}
