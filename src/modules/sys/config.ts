/** What `sys` says about how the interpreter was started: set by whoever makes it, before `sys` is made. */
import { rt } from "../../objects/runtime.ts";

export interface SysConfig {
  argv: string[];
  origArgv: string[];
  path: string[];
  executable: string;
  prefix: string;
  stdlibDir: string | null;
  platform: string;
  builtinModuleNames: string[];
  warnOptions: string[];
  /** `-X name=value`; true for options without a value. */
  xOptions: Record<string, string | true>;
  /** Fields of `sys.flags` that differ from 0. */
  flags: Partial<Record<FlagName, number | boolean>>;
}

export const FLAG_NAMES = [
  "debug",
  "inspect",
  "interactive",
  "optimize",
  "dont_write_bytecode",
  "no_user_site",
  "no_site",
  "ignore_environment",
  "verbose",
  "bytes_warning",
  "quiet",
  "hash_randomization",
  "isolated",
  "dev_mode",
  "utf8_mode",
  "warn_default_encoding",
  "safe_path",
  "int_max_str_digits",
] as const;
export type FlagName = (typeof FLAG_NAMES)[number];

const DEFAULT: SysConfig = {
  argv: [""],
  origArgv: [],
  path: [],
  executable: "",
  prefix: "/sidewinder",
  stdlibDir: null,
  platform: "linux",
  builtinModuleNames: [],
  warnOptions: [],
  xOptions: {},
  flags: {},
};

const STATE = {};
const state = (): { config: SysConfig } => rt.state(STATE, () => ({ config: DEFAULT }));

export function configureSys(config: Partial<SysConfig>): void {
  const s = state();
  s.config = { ...s.config, ...config };
}
export function sysConfig(): SysConfig {
  return state().config;
}
