/** Makes a code object executable: instructions unpacked, counters set, handlers decoded. */
import type { CodeSpec } from "../compiler/code.ts";
import { CACHES } from "../compiler/opcodes.ts";
import { OPCODE } from "../generated/metadata.ts";
import type { PyCode } from "../objects/code.ts";
import { decodeHandlers } from "../objects/code-object/handlers.ts";
import { blankArray, uniformArray } from "../objects/uniform-array.ts";
import { rt } from "../objects/runtime.ts";
import { WARM_LOOP } from "../objects/tracing.ts";
import { WARMUP } from "./specialize/counter.ts";

export function prepareCode(code: PyCode): void {
  code.ops = unpack(code.spec);
  rt.engine?.codeBegins(() => jumpsBack(code.ops));
  if (rt.jit !== null) code.warmth = rt.jit.warmThreshold;
  code.handlers = decodeHandlers(code.spec.exceptiontable);
  code.caches = blankArray(code.ops.length);
  code.loopConsts = uniformArray(code.consts);
  code.loopNames = uniformArray(code.spec.names);
}

/** One int32 a code unit; arguments whole, counters in the first cache unit. */
function unpack(spec: CodeSpec): Int32Array {
  const { compactCode } = spec;
  if (compactCode !== undefined) return unpackInto(new Int32Array(unitsOf(compactCode)), compactCode, 0);
  return unpackInto(new Int32Array(spec.code.length >> 1), spec.code, 2);
}

function jumpsBack(ops: Int32Array): boolean {
  for (let i = 0; i < ops.length; i++) {
    const op = ops[i] & 255;
    if (op === OPCODE.JUMP_BACKWARD || op === OPCODE.JUMP_BACKWARD_JIT) return true;
    i += CACHES[op];
  }
  return false;
}

/** The number of code units, inline cache units included. */
function unitsOf(compactCode: Uint8Array): number {
  let units = compactCode.length >> 1;
  for (let i = 0; i < compactCode.length; i += 2) units += CACHES[compactCode[i]];
  return units;
}

/** `cacheUnit`: how many bytes an inline cache unit has in `bytes`. */
function unpackInto(ops: Int32Array, bytes: Uint8Array, cacheUnit: number): Int32Array {
  const { jit } = rt;
  let extended = 0;
  for (let i = 0, at = 0; at < bytes.length; at += 2) {
    const op = bytes[at];
    const arg = extended | bytes[at + 1];
    ops[i] = op | (arg << 8);
    if (op === OPCODE.EXTENDED_ARG) {
      extended = arg << 8;
      i++;
      continue;
    }
    extended = 0;
    const caches = CACHES[op];
    if (caches > 0) ops[i + 1] = WARMUP;
    if (jit !== null) {
      if (op === OPCODE.JUMP_BACKWARD) {
        ops[i] = OPCODE.JUMP_BACKWARD_JIT | (arg << 8);
        ops[i + 1] = (jit.warmThreshold << 4) | WARM_LOOP;
      } else if (op === OPCODE.RESUME) ops[i] = OPCODE.RESUME_JIT | (arg << 8);
    }
    i += 1 + caches;
    at += caches * cacheUnit;
  }
  return ops;
}
