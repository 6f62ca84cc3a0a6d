/** SEND's specialisations. */
import { OPCODE } from "../../generated/metadata.ts";
import type { PyCode } from "../../objects/code.ts";
import type { Value } from "../../objects/core.ts";
import { PyAsyncGenerator, PyGenerator } from "../../objects/generator.ts";
import { rt } from "../../objects/runtime.ts";
import { failed, specialized } from "./counter.ts";

export function specializeSend(code: PyCode, pc: number, receiver: Value): void {
  if (rt.jit?.lacks("send")) failed(code, pc);
  else if (receiver instanceof PyGenerator && !(receiver instanceof PyAsyncGenerator))
    specialized(code, pc, OPCODE.SEND_GEN);
  else failed(code, pc);
}
