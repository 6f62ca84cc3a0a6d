/** Reading the arguments of `os` functions. */
import { EXC, type Exc, type Status, type Value } from "../../objects/core.ts";
import { errnoOf } from "../../host/errno.ts";
import type { OpenFile } from "../../host/host.ts";
import { notImplementedError, overflowError, typeError, valueError } from "../../objects/errors.ts";
import { asIndex } from "../../objects/protocol/convert.ts";
import { call } from "../../objects/protocol/call.ts";
import { runtimeWarningType } from "../../objects/exceptions/types.ts";
import { isTrue, lookupAttr } from "../../objects/protocol/object.ts";
import { warn } from "../../objects/protocol/warn.ts";
import { typeOf } from "../../objects/types.ts";
import { intValue } from "../../objects/values.ts";
import { asInt } from "../support/arguments.ts";
import { type Path, pathArg } from "../support/fs-path.ts";
import { descriptors, hosted, raiseErrno } from "../support/host.ts";

/** A file descriptor: an int, or what `fileno()` of an object gives. */
export function fdArg(value: Value): number | Exc {
  if (intValue(value) !== undefined) {
    const fd = asInt(value);
    if (fd === EXC) return EXC;
    return fd;
  }
  if (typeOf(value).nb_index !== null) return asInt(value);
  return typeError(`'${typeOf(value).name}' object cannot be interpreted as an integer`);
}
/** The same with `fileno()` (`PyObject_AsFileDescriptor`). */
export function fileDescriptorArg(value: Value): number | Exc {
  let fd: Value = value;
  if (intValue(value) === undefined) {
    const fileno = lookupAttr(value, "fileno");
    if (fileno === EXC) return EXC;
    if (fileno === undefined) return typeError("argument must be an int, or have a fileno() method");
    const answer = call(fileno);
    if (answer === EXC) return EXC;
    if (intValue(answer) === undefined) return typeError("fileno() returned a non-integer");
    fd = answer;
  }
  const number = asInt(fd);
  if (number === EXC || number >= 0) return number;
  return valueError(`file descriptor cannot be a negative integer (${number})`);
}
/** A path, or a descriptor where the function allows one. */
export type Target = { path: Path; fd: null } | { path: null; fd: number; object: Value };

export function targetArg(value: Value, name: string, allowNone = false): Target | Exc {
  if (typeof value === "boolean" && warn(runtimeWarningType, "bool is used as a file descriptor") === EXC) return EXC;
  if (
    intValue(value) !== undefined ||
    (typeof value === "object" && value !== null && typeOf(value).nb_index !== null)
  ) {
    const fd = fdArg(value);
    return fd === EXC ? EXC : { path: null, fd, object: value };
  }
  const expected = allowNone ? "string, bytes, os.PathLike, integer or None" : "string, bytes, os.PathLike or integer";
  const path = pathArg(value, name, "path", expected);
  return path === EXC ? EXC : { path, fd: null };
}

/** Directories as descriptors to start from are not to be had here: `os.supports_dir_fd` says so too. */
export function noDirFd(...values: (Value | undefined)[]): Status {
  for (const value of values) {
    if (value === undefined || value === null || intValue(value) === -100) continue;
    if (intValue(value) === undefined) {
      return typeError(`argument should be integer or None, not ${typeOf(value).name}`);
    }
    return notImplementedError("dir_fd unavailable on this platform");
  }
  return null;
}

/** A flag that is true unless given. */
export function flagArg(value: Value | undefined, otherwise: boolean): boolean | Exc {
  return value === undefined ? otherwise : isTrue(value);
}
export function intArg(value: Value | undefined, otherwise: number): number | Exc {
  return value === undefined ? otherwise : asInt(value);
}
/** A user or group number; -1 means "leave it". */
export function idArg(value: Value, what: "uid" | "gid"): number | Exc {
  if (intValue(value) === undefined && typeOf(value).nb_index === null) {
    return typeError(`${what} should be integer, not ${typeOf(value).name}`);
  }
  const number = asIndex(value);
  if (number === EXC) return EXC;
  if (number < -1) return overflowError(`${what} is less than minimum`);
  if (number > 0xffffffff) return overflowError(`${what} is greater than maximum`);
  return number as number;
}

/** The open file of a descriptor, for a call on it. */
export function withFile<T>(fd: number, use: (file: OpenFile) => T): T | Exc {
  return hosted(() => use(descriptors().get(fd)));
}
/** An operation that the file may not have. */
export function fileOperation<T>(operation: T | undefined, errno: string): T | Exc {
  return operation ?? raiseErrno(errnoOf(errno));
}
