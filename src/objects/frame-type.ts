/** The behaviour of frames as Python sees them. */
import { CO_OPTIMIZED } from "../compiler/code.ts";
import { lineAt } from "./code-object/positions.ts";
import { EXC, type Result } from "./core.ts";
import { defineType, getset, member, method } from "./define.ts";
import { attributeError, runtimeError, typeError } from "./errors.ts";
import { PyFrameLocals } from "./frame-locals.ts";
import { type PyFrame, syncFrame } from "./frame.ts";
import { GEN_CREATED, isRunning, isSuspended } from "./generator.ts";
import { concat } from "./message.ts";
import { callMethod } from "./protocol/call.ts";
import { jumpToLine } from "./monitoring/jump.ts";
import { stateOf } from "./monitoring/frame-state.ts";
import { wantOpcodes } from "./monitoring/trace-tool.ts";
import { idText } from "./protocol/object.ts";
import { rt } from "./runtime.ts";
import { frameType } from "./types.ts";

/** The line that the frame is at, or null. */
export function frameLine(frame: PyFrame): number | null {
  syncFrame(frame);
  const { code } = frame;
  return lineAt(code.spec.linetable, code.firstlineno, frame.pc);
}
function frameLocals(frame: PyFrame): Result {
  const optimized = (frame.code.flags & CO_OPTIMIZED) !== 0;
  return optimized ? new PyFrameLocals(frame) : frame.namespace();
}
function isEntered(frame: PyFrame): boolean {
  for (let at = rt.frame; at !== null; at = at.back) if (at === frame) return true;
  return false;
}
/** Drops the references that a finished or suspended frame holds. */
function clear(frame: PyFrame): Result {
  const { generator } = frame;
  if (generator !== null && isRunning(generator)) return runtimeError("cannot clear an executing frame");
  if (generator !== null && (isSuspended(generator) || generator.state === GEN_CREATED)) {
    if (isSuspended(generator)) return runtimeError("cannot clear a suspended frame");
    return callMethod(generator, "close") === EXC ? EXC : null;
  }
  if (isEntered(frame)) return runtimeError("cannot clear an executing frame");
  for (let i = 0; i < frame.s.length; i++) frame.s[i] = undefined;
  return null;
}
/** The caller's frame is Python's from now on: it must not be used again for another call. */
function back(frame: PyFrame): Result {
  // Those of a chain stay linked.
  if (frame.generator !== null && isSuspended(frame.generator)) return null;
  if (frame.back !== null) frame.back.escaped = true;
  return frame.back;
}

defineType(frameType, {
  slots: {
    tp_repr: (self: PyFrame) =>
      concat(
        `<frame at 0x${idText(self)}, file '`,
        self.code.filename,
        `', line ${frameLine(self) ?? self.code.firstlineno}, code ${self.code.name}>`,
      ),
  },
  methods: () => ({
    clear: method("($self, /)", clear),
    __sizeof__: method("($self, /)", (self: PyFrame) => 96 + 8 * self.s.length),
  }),
  members: () => ({
    f_code: member((self: PyFrame) => self.code),
    f_globals: member((self: PyFrame) => self.globals),
    f_builtins: member((self: PyFrame) => self.builtins),
  }),
  getset: () => ({
    f_back: getset(back),
    f_locals: getset(frameLocals),
    f_lasti: getset((self: PyFrame) => {
      syncFrame(self);
      return self.pc * 2;
    }),
    f_lineno: getset(frameLine, (self: PyFrame, value) =>
      value === undefined ? attributeError("cannot delete attribute", self, "f_lineno") : jumpToLine(self, value),
    ),
    f_generator: getset((self: PyFrame) => self.generator),
    f_trace: getset(
      (self: PyFrame) => stateOf(self).trace ?? null,
      (self: PyFrame, value) => {
        stateOf(self).trace = value === null ? undefined : value;
        wantOpcodes(stateOf(self));
        return null;
      },
    ),
    f_trace_lines: getset(
      (self: PyFrame) => stateOf(self).traceLines,
      (self: PyFrame, value) => {
        if (value === undefined) return typeError("can't delete numeric/char attribute");
        if (typeof value !== "boolean") return typeError("attribute value type must be bool");
        stateOf(self).traceLines = value;
        return null;
      },
    ),
    f_trace_opcodes: getset(
      (self: PyFrame) => stateOf(self).traceOpcodes,
      (self: PyFrame, value) => {
        if (value === undefined) {
          const message = "attribute 'f_trace_opcodes' of 'frame' objects cannot be deleted";
          return attributeError(message, self, "f_trace_opcodes");
        }
        if (typeof value !== "boolean") return typeError("attribute value type must be bool");
        stateOf(self).traceOpcodes = value;
        wantOpcodes(stateOf(self));
        return null;
      },
    ),
  }),
});
