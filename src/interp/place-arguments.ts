/** Arguments to parameters by a plan (CALL_KW's specialisations). */
import type { Value } from "../objects/core.ts";
import type { PyFrame } from "../objects/frame.ts";
import type { ArgumentPlan } from "./specialize/call-kw.ts";

/** The arguments lie in `from` from `first` on. */
export function placeArguments(frame: PyFrame, from: readonly Value[], first: number, plan: ArgumentPlan): void {
  const { sources, defaults } = plan;
  const { s } = frame;
  for (let i = 0; i < sources.length; i++) {
    const source = sources[i];
    s[i] = source >= 0 ? from[first + source] : defaults[i];
  }
}
