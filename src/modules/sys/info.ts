/** The struct sequences of `sys`: version, flags, and facts about the implementation's numbers. */
import { newFloat } from "../../objects/float.ts";
import { newSimpleNamespace } from "../../objects/simple-namespace.ts";
import type { Value } from "../../objects/core.ts";
import { type StructSequence, newStructSequence } from "../../objects/structseq.ts";
import { FLAG_NAMES, type SysConfig } from "./config.ts";

/** The Python release whose library is packed (`tools/pack-stdlib`). */
const VERSION: Value[] = [3, 14, 2, "final", 0];
export const VERSION_TEXT = "3.14.2";
export const HEX_VERSION = 0x030e02f0;
export const CACHE_TAG = "sidewinder-314";

/* @__NO_SIDE_EFFECTS__ */
function structure(name: string, doc: string, fields: readonly string[], hidden = true): StructSequence {
  return newStructSequence(`sys.${name}`, { doc, fields: fields.map((field) => ({ name: field })), hidden });
}

const versionInfoType = structure("version_info", "sys.version_info\n\nVersion information as a named tuple.", [
  "major",
  "minor",
  "micro",
  "releaselevel",
  "serial",
]);
/** Flags that are attributes only, no items of the tuple. */
const HIDDEN_FLAGS = ["gil", "thread_inherit_context", "context_aware_warnings"];
const flagsType = newStructSequence("sys.flags", {
  doc: "sys.flags\n\nFlags provided through command line arguments or environment vars.",
  fields: [...FLAG_NAMES, ...HIDDEN_FLAGS].map((name) => ({ name })),
  visible: FLAG_NAMES.length,
  hidden: true,
});
const floatInfoType = structure(
  "float_info",
  "Information about the float type.",
  ["max", "max_exp", "max_10_exp", "min", "min_exp", "min_10_exp", "dig", "mant_dig", "epsilon", "radix", "rounds"],
  false,
);
const intInfoType = structure(
  "int_info",
  "Information about the int type.",
  ["bits_per_digit", "sizeof_digit", "default_max_str_digits", "str_digits_check_threshold"],
  false,
);
const hashInfoType = structure(
  "hash_info",
  "Parameters of the hash functions.",
  ["width", "modulus", "inf", "nan", "imag", "algorithm", "hash_bits", "seed_bits", "cutoff"],
  false,
);
const threadInfoType = structure(
  "thread_info",
  "Information about the thread implementation.",
  ["name", "lock", "version"],
  false,
);
export const asyncgenHooksType = structure(
  "asyncgen_hooks",
  "Hooks of asynchronous generators.",
  ["firstiter", "finalizer"],
  false,
);
export const unraisableHookArgsType = newStructSequence("UnraisableHookArgs", {
  doc: "The argument of sys.unraisablehook.",
  fields: ["exc_type", "exc_value", "exc_traceback", "err_msg", "object"].map((name) => ({ name })),
});

export const versionInfo = (): Value => versionInfoType.make(VERSION);

export function flagsOf(config: SysConfig): Value {
  const defaults: Record<string, Value> = {
    hash_randomization: 1,
    dont_write_bytecode: 0,
    dev_mode: false,
    safe_path: false,
    int_max_str_digits: 4300,
    utf8_mode: 1,
  };
  return flagsType.make([...FLAG_NAMES.map((name) => config.flags[name] ?? defaults[name] ?? 0), 1, 0, 0]);
}

export const floatInfo = (): Value =>
  floatInfoType.make([
    newFloat(Number.MAX_VALUE),
    1024,
    308,
    newFloat(2 ** -1022),
    -1021,
    -307,
    15,
    53,
    newFloat(Number.EPSILON),
    2,
    1,
  ]);
export const intInfo = (): Value => intInfoType.make([30, 4, 4300, 640]);
export const hashInfo = (): Value =>
  hashInfoType.make([64, 2305843009213693951n, 314159, 0, 1000003, "siphash13", 64, 128, 0]);
export const threadInfo = (): Value => threadInfoType.make(["pthread", "semaphore", null]);

export const implementation = (): Value =>
  newSimpleNamespace({
    name: "sidewinder",
    cache_tag: CACHE_TAG,
    version: versionInfo(),
    hexversion: HEX_VERSION,
    supports_isolated_interpreters: false,
  });
