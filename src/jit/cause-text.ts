/** Causes (`causes.ts`) in words. */
import type { Cause } from "./causes.ts";
import { type ExitRecord, placeName } from "./region.ts";
import type { JitStats } from "./stats.ts";

/** `stats`: null where the interpreter ran alone. */
export function causeText(cause: Cause, stats: JitStats | null): string {
  switch (cause.kind) {
    case "exit": {
      const { region, exit, record } = cause;
      const { code, pc } = exit.snapshot[exit.snapshot.length - 1];
      const fate = record === null ? "" : `: ${fateOf(record)}${record.trouble === "" ? "" : `, ${record.trouble}`}`;
      return `${region.name} left at ${placeName(code, pc)}, ${exit.reason}${fate}`;
    }
    case "refused":
      return `${cause.region.name} not entered: values of other kinds, other globals, or too deep`;
    case "cold": {
      const aborts = stats?.abortsIn(cause.code) ?? [];
      const tried = aborts.length === 0 ? "not hot yet" : `recordings failed: ${aborts.join(", ")}`;
      return `${cause.code.qualname} from its beginning on: ${tried}`;
    }
    case "recording":
      return "being recorded";
    case "off":
      return "there is no compiler";
  }
}

/** What became of an exit. */
export function fateOf({ side, continuation, threshold, failures }: ExitRecord): string {
  if (side !== null) return "traced";
  if (continuation !== null) return "goes on in another region";
  if (threshold === Number.MAX_SAFE_INTEGER) return "left to the interpreter";
  return failures.times > 0 ? "failed so far" : "counting";
}
