/**
 * Where compiled code stands matters to whoever ends it from outside (Ctrl-C): the handlers that would catch a
 * KeyboardInterrupt, those of `with`, `finally` and the like, must run if their block has been entered, and must not
 * run again. So where these handlers change, compiled code notes its frames as it does for a call; between two such
 * places any note is as good as another.
 */
import { OPCODE } from "../../generated/metadata.ts";
import { findHandler } from "../../interp/unwind.ts";
import { PyType, isSubtype } from "../../objects/core.ts";
import { keyboardInterruptType } from "../../objects/exceptions/types.ts";
import { rt } from "../../objects/runtime.ts";
import { familyOf, widthOf } from "./instructions.ts";
import type { State, VirtualFrame } from "./state.ts";
import type { Translator } from "./translator.ts";

/** Names the handlers around the frames' instructions that would catch a KeyboardInterrupt. */
export function zoneOf({ frames }: State): string {
  const handlers: string[] = [];
  frames.forEach((frame, depth) => {
    for (let pc = frame.pc; ; ) {
      const at = findHandler(frame.code.handlers, pc);
      if (at < 0) return;
      pc = frame.code.handlers[at + 2];
      if (catchesInterrupts(frame, pc)) {
        handlers.push(`${depth}:${pc}`);
        return;
      }
    }
  });
  return handlers.join(" ");
}
/** Before an instruction, or at the end: the handlers may be others than at the last note. */
export function noteZone(t: Translator): void {
  const zone = zoneOf(t.state);
  if (zone === t.state.zone) return;
  t.state.zone = zone;
  const node = t.emit("ZONE", [], "none");
  node.site = t.makeExit("zone", "forced", "interrupted", t.snapshot());
}

/** False for handlers that pass the exception on: clauses for other exceptions, and cleaning up. */
function catchesInterrupts(frame: VirtualFrame, handler: number): boolean {
  const { ops } = frame.code;
  if ((ops[handler] & 255) !== OPCODE.PUSH_EXC_INFO) return false;
  for (let pc = handler + 1; ; ) {
    const op = ops[pc] & 255;
    const end = clauseEnd(frame, pc);
    if (end < 0) return op !== OPCODE.RERAISE;
    pc = end;
  }
}
/** Where an `except` clause for exceptions of other kinds leads on; -1: it is no such clause. */
function clauseEnd({ code, globals, builtins }: VirtualFrame, start: number): number {
  const { ops, names } = code;
  let pc = start;
  for (;;) {
    const word = ops[pc];
    const next = pc + widthOf(word & 255);
    switch (familyOf(word & 255)) {
      case "LOAD_GLOBAL": {
        const name = names[word >>> 9];
        const cls = globals.getStr(name) ?? (builtins ?? rt.builtins).getStr(name);
        if (!(cls instanceof PyType) || isSubtype(keyboardInterruptType, cls)) return -1;
        break;
      }
      case "BUILD_TUPLE":
        break;
      case "CHECK_EXC_MATCH":
        return (ops[next] & 255) === OPCODE.POP_JUMP_IF_FALSE ? next + 1 + jumpWidth(ops[next]) : -1;
      default:
        return -1;
    }
    pc = next;
  }
}
const jumpWidth = (word: number): number => widthOf(word & 255) - 1 + (word >>> 8);
