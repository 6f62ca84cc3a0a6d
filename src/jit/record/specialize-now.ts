/**
 * Before an instruction is recorded it specialises for what it meets now: so the recorded instruction and its cache say
 * what has happened, whatever the site has met before.
 */
import type { PyFrame } from "../../objects/frame.ts";
import type { Value } from "../../objects/core.ts";
import { specializeBinaryOp } from "../../interp/specialize/binary-op.ts";
import { specializeCall } from "../../interp/specialize/call.ts";
import { specializeCallKw } from "../../interp/specialize/call-kw.ts";
import { specializeCompareOp } from "../../interp/specialize/compare-op.ts";
import { specializeContainsOp } from "../../interp/specialize/contains-op.ts";
import { specializeForIter } from "../../interp/specialize/for-iter.ts";
import { specializeLoadAttr } from "../../interp/specialize/load-attr.ts";
import { specializeLoadGlobal } from "../../interp/specialize/load-global.ts";
import { specializeSend } from "../../interp/specialize/send.ts";
import { specializeStoreAttr } from "../../interp/specialize/store-attr.ts";
import { specializeStoreSubscr } from "../../interp/specialize/store-subscr.ts";
import { specializeSuperAttr } from "../../interp/super-attr.ts";
import { specializeToBool } from "../../interp/specialize/to-bool.ts";
import { specializeUnpackSequence } from "../../interp/specialize/unpack-sequence.ts";
import { familyOf } from "../translate/instructions.ts";

export function specializeNow(frame: PyFrame, word: number): void {
  const { code, pc, sp } = frame;
  const s = frame.s as Value[];
  const oparg = word >>> 8;
  switch (familyOf(word & 255)) {
    case "LOAD_ATTR":
      return specializeLoadAttr(code, pc, s[sp - 1], code.names, oparg);
    case "STORE_ATTR":
      return specializeStoreAttr(code, pc, s[sp - 1], code.names[oparg], s[sp - 2]);
    case "LOAD_GLOBAL":
      return specializeLoadGlobal(code, pc, frame, code.names[oparg >> 1]);
    case "BINARY_OP":
      return specializeBinaryOp(code, pc, s[sp - 2], s[sp - 1], oparg);
    case "COMPARE_OP":
      return specializeCompareOp(code, pc, s[sp - 2], s[sp - 1]);
    case "CONTAINS_OP":
      return specializeContainsOp(code, pc, s[sp - 1]);
    case "STORE_SUBSCR":
      return specializeStoreSubscr(code, pc, s[sp - 2], s[sp - 1]);
    case "TO_BOOL":
      return specializeToBool(code, pc, s[sp - 1]);
    case "FOR_ITER":
      return specializeForIter(code, pc, s[sp - 1]);
    case "UNPACK_SEQUENCE":
      return specializeUnpackSequence(code, pc, s[sp - 1], oparg);
    case "CALL":
      return specializeCall(code, pc, s, sp, oparg);
    case "CALL_KW":
      return specializeCallKw(code, pc, s, sp, oparg);
    case "SEND":
      return specializeSend(code, pc, s[sp - 2]);
    case "LOAD_SUPER_ATTR":
      return specializeSuperAttr(code, pc, s[sp - 3], s[sp - 2], oparg);
    default:
  }
}
