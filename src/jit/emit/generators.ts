/** What compiled code does to generators whose frames it runs as its own. */
import { finishGenerator } from "../../interp/leave.ts";
import { GEN_RUNNING, GEN_SUSPENDED, type PyGenerator } from "../../objects/generator.ts";
import { rt } from "../../objects/runtime.ts";
import type { Value } from "../../objects/core.ts";

/** The generator runs, as everybody can see. */
export function linkGenerator(generator: PyGenerator): void {
  generator.state = GEN_RUNNING;
  generator.excInfo.previous = rt.excInfo;
  rt.excInfo = generator.excInfo;
}
/** A linked generator yields. */
export function unlinkGenerator(generator: PyGenerator): void {
  const { excInfo } = generator;
  rt.excInfo = excInfo.previous as typeof rt.excInfo;
  excInfo.previous = null;
  generator.state = GEN_SUSPENDED;
}
/** The generator returns; it was linked or not. */
export function endGenerator(generator: PyGenerator, value: Value): void {
  if (generator.state !== GEN_RUNNING) linkGenerator(generator);
  finishGenerator(generator, value);
}
