/** `resource`: limits that do not exist here are reported as infinite, usage is what the host knows. */
import { EXC, type Result, type Value } from "../../objects/core.ts";
import { fn, newModule } from "../../objects/define.ts";
import { valueError } from "../../objects/errors.ts";
import { osErrorType } from "../../objects/exceptions/types.ts";
import { newFloat } from "../../objects/float.ts";
import { asInt32 } from "../../objects/protocol/convert.ts";
import { newStructSequence, type StructSequence } from "../../objects/structseq.ts";
import { newTuple } from "../../objects/tuple.ts";
import { host } from "../support/host.ts";

const INFINITY = -1;
const LIMITS: Record<string, number> = {
  RLIMIT_CPU: 0,
  RLIMIT_FSIZE: 1,
  RLIMIT_DATA: 2,
  RLIMIT_STACK: 3,
  RLIMIT_CORE: 4,
  RLIMIT_RSS: 5,
  RLIMIT_NPROC: 6,
  RLIMIT_NOFILE: 7,
  RLIMIT_MEMLOCK: 8,
  RLIMIT_AS: 9,
};

const usage: StructSequence = newStructSequence("resource.struct_rusage", {
  fields: [
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
  ].map((name) => ({ name })),
});

function getrusage(who: Value): Result {
  const which = asInt32(who);
  if (which === EXC) return EXC;
  if (which !== 0 && which !== -1) return valueError("invalid who parameter");
  const { user, system } = which === 0 ? host().process.times() : { user: 0, system: 0 };
  return usage.make([newFloat(user), newFloat(system), ...new Array<Value>(14).fill(0)]);
}
function known(resource: Value): number | typeof EXC {
  const which = asInt32(resource);
  if (which === EXC) return EXC;
  return which < 0 || which > 15 ? valueError("invalid resource specified") : which;
}

export const resourceModule = newModule("resource", {
  functions: () => ({
    getrusage: fn("($module, who, /)", getrusage),
    getrlimit: fn("($module, resource, /)", (resource: Value) =>
      known(resource) === EXC ? EXC : newTuple([INFINITY, INFINITY]),
    ),
    // There is no limit that could be lowered; what is asked for is granted by not being exceeded.
    setrlimit: fn("($module, resource, limits, /)", (resource: Value) => (known(resource) === EXC ? EXC : null)),
    getpagesize: fn("($module, /)", () => 4096),
  }),
  attributes: () => ({
    ...LIMITS,
    RLIM_INFINITY: INFINITY,
    RUSAGE_SELF: 0,
    RUSAGE_CHILDREN: -1,
    error: osErrorType,
    struct_rusage: usage.type,
  }),
});
