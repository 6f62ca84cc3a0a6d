/** `os` functions about the process: who, where, how long, the environment. */
import { EXC, type Exc, type Result, type Value } from "../../objects/core.ts";
import { errnoOf, messageOf } from "../../host/errno.ts";
import { HostError } from "../../host/host.ts";
import { bytesFromArray } from "../../objects/bytes.ts";
import { type PyDict, newDict } from "../../objects/dict.ts";
import { fn } from "../../objects/define.ts";
import {
  newException,
  notImplementedError,
  overflowError,
  raise,
  raiseObject,
  typeError,
  valueError,
} from "../../objects/errors.ts";
import { osErrorType, systemExitType } from "../../objects/exceptions/types.ts";
import { newFloat } from "../../objects/float.ts";
import { newList } from "../../objects/list.ts";
import { canonical } from "../../objects/numeric/int-math.ts";
import { asIndex, asSize } from "../../objects/protocol/convert.ts";
import { newSet } from "../../objects/set.ts";
import { strFromJs } from "../../objects/str/astral.ts";
import { newTuple } from "../../objects/tuple.ts";
import { typeOf } from "../../objects/types.ts";
import { asInt } from "../support/arguments.ts";
import { fsEncode, pathArg } from "../support/fs-path.ts";
import { host, hosted, raiseErrno } from "../support/host.ts";
import { CONFSTR_NAMES, SYSCONF_NAMES, SYSCONF_VALUES, PATHCONF_NAMES } from "./constants.ts";
import { strValue } from "../../objects/values.ts";
import { sendToSelf } from "../_signal/state.ts";
import { childWithPid } from "../support/children.ts";
import { timesResult, unameResult } from "./results.ts";
import { flushAll } from "../_io/state.ts";

/** bytes → bytes, as `os.py` expects it. */
export function environ(): PyDict {
  const dict = newDict();
  for (const [name, value] of host().environment) {
    const key = fsEncode(strFromJs(name));
    const text = fsEncode(strFromJs(value));
    if (key !== EXC && text !== EXC) void dict.set(key, text);
  }
  return dict;
}
function nameAndValue(name: Value, value: Value): [string, string] | Exc {
  const key = pathArg(name, "putenv", "name");
  if (key === EXC) return EXC;
  if (key.text === "" || key.text.includes("=")) return valueError("illegal environment variable name");
  const text = pathArg(value, "putenv", "value");
  return text === EXC ? EXC : [key.text, text.text];
}
function putenv(name: Value, value: Value): Result {
  const both = nameAndValue(name, value);
  if (both === EXC) return EXC;
  host().environment.set(both[0], both[1]);
  return null;
}
function unsetenv(name: Value): Result {
  const key = pathArg(name, "unsetenv", "name");
  if (key === EXC) return EXC;
  if (key.text === "" || key.text.includes("=")) return raiseErrno(errnoOf("EINVAL"));
  host().environment.delete(key.text);
  return null;
}

function urandom(size: Value): Result {
  const count = asSize(size);
  if (count === EXC) return EXC;
  if (count < 0) return valueError("negative argument not allowed");
  const { entropy } = host();
  if (entropy === null) return notImplementedError("system lacks a source of randomness");
  const bytes = new Uint8Array(count);
  entropy.fill(bytes);
  return bytesFromArray(bytes);
}
function times(): Result {
  const { user, system } = host().process.times();
  const elapsed = Number(host().clock.monotonic()) / 1e9;
  return timesResult.make([newFloat(user), newFloat(system), newFloat(0), newFloat(0), newFloat(elapsed)]);
}
function uname(): Result {
  const { sysname, nodename, release, version, machine } = host().process.uname;
  return unameResult.make([sysname, nodename, release, version, machine].map(strFromJs));
}
function getloadavg(): Result {
  const averages = host().process.loadavg?.();
  return averages === undefined
    ? raise(osErrorType, "Load averages are unobtainable")
    : newTuple(averages.map(newFloat));
}
function kill(pid: Value, signal: Value): Result {
  const target = asInt(pid);
  const number = asInt(signal);
  if (target === EXC || number === EXC) return EXC;
  const child = childWithPid(target);
  if (child !== undefined) {
    child.signal(number);
    return null;
  }
  if (target === host().process.pid) return sendToSelf(number);
  const done = hosted(() => {
    const { process } = host();
    if (process.kill === undefined) throw new HostError(errnoOf("EPERM"));
    process.kill(target, number);
  });
  return done === EXC ? EXC : null;
}
function umask(mask: Value): Result {
  const bits = asInt(mask);
  return bits === EXC ? EXC : host().process.umask(bits);
}
function exitNow(status: Value): Result {
  const code = asInt(status);
  if (code === EXC) return EXC;
  flushAll();
  // There is no way out of the JavaScript around us but this exception.
  return raiseObject(newException(systemExitType, [code]));
}
function strerror(code: Value): Result {
  const number = asInt(code);
  return number === EXC ? EXC : messageOf(number);
}
function getlogin(): Result {
  const user = hosted(() => host().process.user?.());
  if (user === EXC) return EXC;
  return user === undefined ? raiseErrno(errnoOf("ENXIO")) : strFromJs(user.name);
}
function configured(name: Value, names: Readonly<Record<string, number>>): number | Exc {
  const text = strValue(name);
  if (typeof text === "string") {
    return Object.hasOwn(names, text) ? names[text] : valueError("unrecognized configuration name");
  }
  if (text === undefined && typeOf(name).nb_index === null)
    return typeError("configuration names must be strings or integers");
  return asInt(name);
}
function sysconf(name: Value): Result {
  const number = configured(name, SYSCONF_NAMES);
  if (number === EXC) return EXC;
  if (number === SYSCONF_NAMES.SC_NPROCESSORS_ONLN || number === SYSCONF_NAMES.SC_NPROCESSORS_CONF)
    return host().process.cpuCount;
  return SYSCONF_VALUES[number] ?? -1;
}
function confstr(name: Value): Result {
  const number = configured(name, CONFSTR_NAMES);
  return number === EXC ? EXC : number === 0 ? "/bin:/usr/bin" : null;
}
function pathconf(_path: Value, name: Value): Result {
  const number = configured(name, PATHCONF_NAMES);
  if (number === EXC) return EXC;
  return number === PATHCONF_NAMES.PC_NAME_MAX
    ? 255
    : number === PATHCONF_NAMES.PC_PATH_MAX
      ? 4096
      : number === PATHCONF_NAMES.PC_PIPE_BUF
        ? 4096
        : -1;
}
function system(command: Value): Result {
  const text = pathArg(command, "system", "command");
  if (text === EXC) return EXC;
  const result = hosted(() => {
    const { process } = host();
    if (process.spawn === undefined) throw new HostError(errnoOf("ENOSYS"));
    return process.spawn({
      path: "/bin/sh",
      args: ["sh", "-c", text.text],
      environment: Object.fromEntries(host().environment),
      cwd: null,
      input: new Uint8Array(0),
    });
  });
  if (result === EXC) return EXC;
  host().stdout.write(result.stdout);
  host().stderr.write(result.stderr);
  return result.signal !== null ? result.signal : (result.exitCode ?? 0) << 8;
}

// ── wait statuses ────────────────────────────────────────────────────────────────────────────────────────────
const status = (test: (s: number) => Value) =>
  fn("($module, /, status)", (value: Value) => {
    const s = asInt(value);
    return s === EXC ? EXC : test(s);
  });
function toExitCode(s: number): Result {
  if ((s & 0x7f) === 0) return (s >> 8) & 0xff;
  if ((s & 0xff) === 0x7f) return valueError(`process stopped by delivery of signal ${(s >> 8) & 0xff}`);
  return -(s & 0x7f);
}

const number = (get: () => Value) => fn("($module, /)", get);
const idList = (ids: readonly number[]): Value => newList([...ids]);

export const processFunctions = () => ({
  getpid: number(() => host().process.pid),
  getppid: number(() => host().process.ppid),
  getuid: number(() => host().process.uid),
  geteuid: number(() => host().process.euid),
  getgid: number(() => host().process.gid),
  getegid: number(() => host().process.egid),
  getgroups: number(() => idList(host().process.groups)),
  getresuid: number(() => newTuple([host().process.uid, host().process.euid, host().process.euid])),
  getresgid: number(() => newTuple([host().process.gid, host().process.egid, host().process.egid])),
  getpgrp: number(() => host().process.pid),
  getpgid: fn("($module, /, pid)", (pid: Value) => pid),
  getsid: fn("($module, pid, /)", (pid: Value) => pid),
  cpu_count: number(() => host().process.cpuCount),
  sched_getaffinity: fn("($module, pid, /)", () => {
    const cpus = newSet();
    for (let i = 0; i < host().process.cpuCount; i++) if (cpus.add(i) === EXC) return EXC;
    return cpus;
  }),
  sched_yield: number(() => null),
  getloadavg: fn("($module, /)", getloadavg),
  getlogin: fn("($module, /)", getlogin),
  umask: fn("($module, mask, /)", umask, "Set the current numeric umask and return the previous umask."),
  uname: fn("($module, /)", uname, "Return an object identifying the current operating system."),
  times: fn("($module, /)", times, "Return a collection containing process timing information."),
  urandom: fn(
    "($module, size, /)",
    urandom,
    "Return a bytes object containing random bytes suitable for cryptographic use.",
  ),
  getrandom: fn("($module, /, size, flags=0)", (size: Value) => urandom(size), "Obtain a series of random bytes."),
  kill: fn("($module, pid, signal, /)", kill, "Kill a process with a signal."),
  system: fn("($module, /, command)", system, "Execute the command in a subshell."),
  _exit: fn(
    "($module, /, status)",
    exitNow,
    "Exit to the system with specified status, without normal exit processing.",
  ),
  abort: fn("($module, /)", () => raiseObject(newException(systemExitType, [134]))),
  strerror: fn("($module, code, /)", strerror, "Translate an error code to a message string."),
  putenv: fn("($module, name, value, /)", putenv, "Change or add an environment variable."),
  unsetenv: fn("($module, name, /)", unsetenv, "Delete an environment variable."),
  _create_environ: number(() => environ()),
  sysconf: fn("($module, name, /)", sysconf, "Return an integer-valued system configuration variable."),
  confstr: fn("($module, name, /)", confstr, "Return a string-valued system configuration variable."),
  pathconf: fn(
    "($module, /, path, name)",
    pathconf,
    "Return the configuration limit name for the file or directory path.",
  ),
  fpathconf: fn("($module, fd, name, /)", pathconf, "Return the configuration limit name for the file descriptor fd."),
  ctermid: number(() => "/dev/tty"),
  major: fn("($module, device, /)", (device: Value) => {
    const d = deviceArg(device, 64);
    return d === EXC || d === NODEV ? d : Number(((d >> 8n) & 0xfffn) | ((d >> 32n) & ~0xfffn));
  }),
  minor: fn("($module, device, /)", (device: Value) => {
    const d = deviceArg(device, 64);
    return d === EXC || d === NODEV ? d : Number((d & 0xffn) | ((d >> 12n) & ~0xffn));
  }),
  makedev: fn("($module, major, minor, /)", (major: Value, minor: Value) => {
    const a = deviceArg(major, 32);
    const b = deviceArg(minor, 32);
    if (a === EXC || b === EXC) return EXC;
    if (a === NODEV || b === NODEV) return NODEV;
    return canonical(((a & 0xfffn) << 8n) | ((a & ~0xfffn) << 32n) | (b & 0xffn) | ((b & ~0xffn) << 12n));
  }),
  WIFEXITED: status((s) => (s & 0x7f) === 0),
  WEXITSTATUS: status((s) => (s >> 8) & 0xff),
  WIFSIGNALED: status((s) => (s & 0x7f) !== 0 && (s & 0x7f) !== 0x7f),
  WTERMSIG: status((s) => s & 0x7f),
  WIFSTOPPED: status((s) => (s & 0xff) === 0x7f),
  WSTOPSIG: status((s) => (s >> 8) & 0xff),
  WIFCONTINUED: status((s) => s === 0xffff),
  WCOREDUMP: status((s) => (s & 0x80) !== 0),
  waitstatus_to_exitcode: fn("($module, /, status)", (value: Value) => {
    const s = asInt(value);
    return s === EXC ? EXC : toExitCode(s);
  }),
  register_at_fork: fn(
    "($module, /, *, before=<unrepresentable>, after_in_child=<unrepresentable>, after_in_parent=<unrepresentable>)",
    () => null,
  ),
  _is_inputhook_installed: number(() => false),
});
const NODEV = -1;
/** A device number or one of its halves; -1 stands for "none". */
function deviceArg(value: Value, bits: number): bigint | typeof NODEV | Exc {
  const n = asIndex(value);
  if (n === EXC || n === NODEV) return n;
  if (n < 0 || BigInt.asUintN(bits, BigInt(n)) !== BigInt(n)) {
    return overflowError(n < 0 ? "can't convert negative int to unsigned" : "int too big to convert");
  }
  return BigInt(n);
}
