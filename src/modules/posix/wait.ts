/** `os` functions that wait for children. */
import { EXC, type Exc, type Result, type Value } from "../../objects/core.ts";
import { fn } from "../../objects/define.ts";
import { newFloat } from "../../objects/float.ts";
import { newStructSequence } from "../../objects/structseq.ts";
import { newTuple } from "../../objects/tuple.ts";
import { asInt } from "../support/arguments.ts";
import { poll, waitFor } from "../support/children.ts";
import { hosted } from "../support/host.ts";

const WNOHANG = 1;

const USAGE_FIELDS = [
  "ru_utime",
  "ru_stime",
  "ru_maxrss",
  "ru_ixrss",
  "ru_idrss",
  "ru_isrss",
  "ru_minflt",
  "ru_majflt",
  "ru_nswap",
  "ru_inblock",
  "ru_oublock",
  "ru_msgsnd",
  "ru_msgrcv",
  "ru_nsignals",
  "ru_nvcsw",
  "ru_nivcsw",
];
const usageResult = newStructSequence("resource.struct_rusage", { fields: USAGE_FIELDS.map((name) => ({ name })) });

/** Pid 0 where WNOHANG is asked for and the child runs still. */
function ended(pid: Value, options: Value): [number, number] | Exc {
  const target = asInt(pid);
  const flags = asInt(options);
  if (target === EXC || flags === EXC) return EXC;
  const child = hosted(() => ((flags & WNOHANG) === 0 ? waitFor(target) : poll(target)));
  if (child === EXC) return EXC;
  return child === undefined ? [0, 0] : [child.pid, child.status as number];
}
function waitpid(pid: Value, options: Value): Result {
  const found = ended(pid, options);
  return found === EXC ? EXC : newTuple(found);
}
function wait4(pid: Value, options: Value): Result {
  const found = ended(pid, options);
  if (found === EXC) return EXC;
  const usage = usageResult.make([newFloat(0), newFloat(0), ...new Array<number>(14).fill(0)]);
  return newTuple([...found, usage]);
}

export const waitFunctions = () => ({
  waitpid: fn("($module, pid, options, /)", waitpid, "Wait for completion of a given child process."),
  wait: fn("($module, /)", () => waitpid(-1, 0), "Wait for completion of a child process."),
  wait3: fn("($module, /, options)", (options: Value) => wait4(-1, options), "Wait for completion of a child process."),
  wait4: fn("($module, /, pid, options)", wait4, "Wait for completion of a specific child process."),
});
