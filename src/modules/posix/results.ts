/** The struct sequences that `os` functions return. */
import type { Stat } from "../../host/host.ts";
import type { Value } from "../../objects/core.ts";
import { newFloat } from "../../objects/float.ts";
import { canonical } from "../../objects/numeric/int-math.ts";
import { type PyStructSequence, newStructSequence } from "../../objects/structseq.ts";

/* @__NO_SIDE_EFFECTS__ */
function named(names: readonly (string | null)[]): { name: string | null }[] {
  return names.map((name) => ({ name }));
}

export const statResult = newStructSequence("os.stat_result", {
  doc: "stat_result: Result from stat, fstat, or lstat.",
  fields: named([
    "st_mode",
    "st_ino",
    "st_dev",
    "st_nlink",
    "st_uid",
    "st_gid",
    "st_size",
    null,
    null,
    null,
    "st_atime",
    "st_mtime",
    "st_ctime",
    "st_atime_ns",
    "st_mtime_ns",
    "st_ctime_ns",
    "st_blksize",
    "st_blocks",
    "st_rdev",
  ]),
  visible: 10,
  complete: (values) => {
    // Made from ten items by Python code, the float times repeat the integral ones.
    for (let i = 0; i < 3; i++) values[10 + i] ??= values[7 + i];
  },
});

const int = (value: number | bigint | undefined): Value =>
  value === undefined ? 0 : typeof value === "bigint" ? canonical(value) : value;
const seconds = (ns: bigint): Value => canonical(ns / 1_000_000_000n - (ns % 1_000_000_000n < 0n ? 1n : 0n));
const floatSeconds = (ns: bigint): Value => newFloat(Number(ns / 1_000_000_000n) + 1e-9 * Number(ns % 1_000_000_000n));

export function statOf(s: Stat): PyStructSequence {
  const times = [s.atimeNs, s.mtimeNs, s.ctimeNs];
  return statResult.make([
    s.mode,
    int(s.ino),
    int(s.dev),
    s.nlink,
    s.uid,
    s.gid,
    s.size,
    ...times.map(seconds),
    ...times.map(floatSeconds),
    ...times.map(canonical),
    s.blksize ?? 4096,
    s.blocks ?? Math.ceil(s.size / 512),
    int(s.rdev),
  ]);
}

export const terminalSize = newStructSequence("os.terminal_size", {
  doc: "A tuple of (columns, lines) for holding terminal window size",
  fields: named(["columns", "lines"]),
});
export const unameResult = newStructSequence("posix.uname_result", {
  doc: "uname_result: Result from os.uname().",
  fields: named(["sysname", "nodename", "release", "version", "machine"]),
});
export const timesResult = newStructSequence("posix.times_result", {
  doc: "times_result: Result from os.times().",
  fields: named(["user", "system", "children_user", "children_system", "elapsed"]),
});
export const statvfsResult = newStructSequence("os.statvfs_result", {
  doc: "statvfs_result: Result from statvfs or fstatvfs.",
  fields: named([
    "f_bsize",
    "f_frsize",
    "f_blocks",
    "f_bfree",
    "f_bavail",
    "f_files",
    "f_ffree",
    "f_favail",
    "f_flag",
    "f_namemax",
    "f_fsid",
  ]),
  visible: 10,
});
export const waitidResult = newStructSequence("posix.waitid_result", {
  doc: "waitid_result: Result from waitid.",
  fields: named(["si_pid", "si_uid", "si_signo", "si_status", "si_code"]),
});
export const schedParam = newStructSequence("posix.sched_param", {
  doc: "A scheduling parameter.",
  fields: named(["sched_priority"]),
});
