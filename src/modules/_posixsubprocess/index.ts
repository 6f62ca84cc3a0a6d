/** The module `_posixsubprocess`: `fork_exec` for `subprocess`, over the host's way to run programs. */
import { EXC, type Exc, type Result, type Value } from "../../objects/core.ts";
import { HostError } from "../../host/host.ts";
import { fn, newModule } from "../../objects/define.ts";
import { runtimeError, valueError } from "../../objects/errors.ts";
import { listFromIterable } from "../../objects/protocol/iter.ts";
import { asInt } from "../support/arguments.ts";
import { pathArg } from "../support/fs-path.ts";
import { failedChild, startChild } from "../support/children.ts";
import { descriptors, host, hosted } from "../support/host.ts";

function textOf(value: Value): string | Exc {
  const path = pathArg(value, "fork_exec");
  return path === EXC ? EXC : path.text;
}
function textsOf(value: Value): string[] | Exc {
  const items = listFromIterable(value);
  if (items === EXC) return EXC;
  const texts: string[] = [];
  for (const item of items) {
    const text = textOf(item);
    if (text === EXC) return EXC;
    texts.push(text);
  }
  return texts;
}
/** `[b"NAME=value", …]`; None: the parent's. */
function environmentOf(value: Value): Record<string, string> | Exc {
  if (value === null) return Object.fromEntries(host().environment);
  const items = textsOf(value);
  if (items === EXC) return EXC;
  const environment: Record<string, string> = {};
  for (const item of items) {
    const at = item.indexOf("=", 1);
    environment[item.slice(0, at)] = item.slice(at + 1);
  }
  return environment;
}

/** Why none of the programs can be run: what a child would report through the error pipe; null when one can. */
function obstacle(paths: readonly string[], cwd: string | null): string | null {
  const { files } = host();
  try {
    if (cwd !== null) files.access(cwd, 1);
  } catch (error) {
    if (error instanceof HostError) return `OSError:${error.errno.toString(16)}:noexec:chdir`;
    throw error;
  }
  let errno = 2;
  for (const path of paths) {
    try {
      const place = cwd !== null && !path.startsWith("/") ? `${cwd}/${path}` : path;
      files.access(place, 1);
      if ((files.stat(place).mode & 0o170000) === 0o040000) {
        errno = 13;
        continue;
      }
      return null;
    } catch (error) {
      if (!(error instanceof HostError)) throw error;
      if (error.errno !== 2 && error.errno !== 20) errno = error.errno;
    }
  }
  return `OSError:${errno.toString(16)}:`;
}

function forkExec(...given: Value[]): Result {
  const [args, executables, , passFds, cwdValue, env, p2cread, , , c2pwrite, , errwrite, , errpipeWrite, ...rest] =
    given;
  const preexec = rest[rest.length - 1];
  if (preexec !== null) return runtimeError("preexec_fn is not supported: there is no fork");
  const argv = textsOf(args);
  if (argv === EXC) return EXC;
  if (argv.length === 0) return valueError("argv must not be empty");
  const paths = textsOf(executables);
  const environment = environmentOf(env);
  const cwd = cwdValue === null ? null : textOf(cwdValue);
  if (paths === EXC || environment === EXC || cwd === EXC) return EXC;
  if (listFromIterable(passFds) === EXC) return EXC;
  const fds = [p2cread, c2pwrite, errwrite, errpipeWrite].map(asInt);
  if (fds.includes(EXC)) return EXC;
  const [stdin, stdout, stderr, report] = fds as number[];
  const problem = obstacle(paths, cwd);
  return hosted(() => {
    if (problem !== null) {
      descriptors()
        .get(report)
        .write(Uint8Array.from(problem, (c) => c.charCodeAt(0)));
      return failedChild();
    }
    return startChild({ paths, args: argv, cwd, environment, stdin, stdout, stderr }).pid;
  });
}

const SIGNATURE =
  "(args, executable_list, close_fds, pass_fds, cwd, env, p2cread, p2cwrite, c2pread, c2pwrite, errread, errwrite, " +
  "errpipe_read, errpipe_write, restore_signals, call_setsid, pgid_to_set, gid, extra_groups, uid, child_umask, preexec_fn, /)";

export const posixsubprocessModule = newModule("_posixsubprocess", {
  doc: "A POSIX helper for the subprocess module.",
  functions: () => ({ fork_exec: fn(SIGNATURE, forkExec, "Spawn a fresh new child process.") }),
});
