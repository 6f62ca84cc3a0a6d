/** The module `posix`: the system's interface under `os`, over the host's file system and process. */
import { newModule } from "../../objects/define.ts";
import { newDict } from "../../objects/dict.ts";
import { osErrorType } from "../../objects/exceptions/types.ts";
import { newList } from "../../objects/list.ts";
import { CONFSTR_NAMES, CONSTANTS, PATHCONF_NAMES, SYSCONF_NAMES } from "./constants.ts";
import { fileFunctions } from "./files.ts";
import { pathFunctions } from "./paths.ts";
import { environ, processFunctions } from "./process.ts";
import {
  schedParam,
  statResult,
  statvfsResult,
  terminalSize,
  timesResult,
  unameResult,
  waitidResult,
} from "./results.ts";
import { dirEntryType, scandirFunctions } from "./scandir.ts";
import { waitFunctions } from "./wait.ts";
import { splittingFunctions } from "./splitting.ts";
import type { Value } from "../../objects/core.ts";

/** What `os.supports_fd` and `supports_follow_symlinks` are built from. No `dir_fd` variants: see `noDirFd`. */
const HAVE = [
  "HAVE_FCHDIR",
  "HAVE_FCHMOD",
  "HAVE_FCHOWN",
  "HAVE_FDOPENDIR",
  "HAVE_FSTATVFS",
  "HAVE_FTRUNCATE",
  "HAVE_FUTIMENS",
  "HAVE_LCHOWN",
  "HAVE_LSTAT",
  "HAVE_LUTIMES",
];

function numbers(table: Readonly<Record<string, number>>): Value {
  const dict = newDict();
  for (const [name, value] of Object.entries(table)) dict.setStr(name, value);
  return dict;
}

export const posixModule = newModule("posix", {
  doc: "This module provides access to operating system functionality that is\nstandardized by the C Standard and the POSIX standard.",
  functions: () => ({
    ...pathFunctions(),
    ...fileFunctions(),
    ...scandirFunctions(),
    ...processFunctions(),
    ...splittingFunctions(),
    ...waitFunctions(),
  }),
  attributes: () => ({
    ...CONSTANTS,
    environ: environ(),
    error: osErrorType,
    _have_functions: newList([...HAVE]),
    sysconf_names: numbers(SYSCONF_NAMES),
    pathconf_names: numbers(PATHCONF_NAMES),
    confstr_names: numbers(CONFSTR_NAMES),
    DirEntry: dirEntryType,
    stat_result: statResult.type,
    statvfs_result: statvfsResult.type,
    terminal_size: terminalSize.type,
    times_result: timesResult.type,
    uname_result: unameResult.type,
    waitid_result: waitidResult.type,
    sched_param: schedParam.type,
  }),
});
