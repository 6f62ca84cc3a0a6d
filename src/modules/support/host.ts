/** The host that the running interpreter was granted, its descriptors, and how its errors become OSErrors. */
import { closedHost } from "../../host/blank.ts";
import { Descriptors } from "../../host/descriptors.ts";
import { messageOf } from "../../host/errno.ts";
import { type Host, HostError } from "../../host/host.ts";
import type { Exc, Value } from "../../objects/core.ts";
import { raiseOSError } from "../../objects/exceptions/os-error.ts";
import { type Runtime, rt } from "../../objects/runtime.ts";

const HOST = {};
const DESCRIPTORS = {};

/** Grants `runtime` a host. To be called once, before anything runs; without it the interpreter has the closed host. */
export function grantHost(runtime: Runtime, host: Host): void {
  runtime.state(HOST, () => host);
}
export function host(): Host {
  return rt.state(HOST, closedHost);
}
/** The interpreter's file descriptors. */
export function descriptors(): Descriptors {
  return rt.state(DESCRIPTORS, () => new Descriptors(host()));
}

/** Raises the OSError with this number and its message. */
export function raiseErrno(errno: number, filename?: Value, filename2?: Value): Exc {
  return raiseOSError(errno, messageOf(errno), filename, filename2);
}
/** Runs something of the host's; a `HostError` becomes an OSError about `filename`. */
export function hosted<T>(run: () => T, filename?: Value, filename2?: Value): T | Exc {
  try {
    return run();
  } catch (error) {
    if (error instanceof HostError) return raiseErrno(error.errno, filename, filename2);
    throw error;
  }
}
