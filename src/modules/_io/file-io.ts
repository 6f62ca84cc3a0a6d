/** `_io.FileIO`: the raw layer over a file descriptor of the host's. */
import { shortName } from "../../objects/type/short-name.ts";
import {
  BASETYPE,
  EXC,
  type Exc,
  HAS_DICT,
  HAS_WEAKREF,
  type KwNames,
  type PyType,
  type Result,
  type Status,
  type Value,
} from "../../objects/core.ts";
import { errnoOf } from "../../host/errno.ts";
import {
  HostError,
  O_APPEND,
  O_CLOEXEC,
  O_CREAT,
  O_EXCL,
  O_RDONLY,
  O_RDWR,
  O_TRUNC,
  O_WRONLY,
  type OpenFile,
} from "../../host/host.ts";
import { bytesLikeArray, withWritable } from "../../objects/buffer.ts";
import { bytesFromArray, emptyBytes } from "../../objects/bytes.ts";
import { getset, method, newType, parseArgs, signature } from "../../objects/define.ts";
import { clearException, overflowError, typeError, valueError } from "../../objects/errors.ts";
import { call, callMethod } from "../../objects/protocol/call.ts";
import { asInt32, asSize } from "../../objects/protocol/convert.ts";
import { isTrue, lookupAttr, repr, setAttr } from "../../objects/protocol/object.ts";
import { runtimeWarningType } from "../../objects/exceptions/types.ts";
import { concat } from "../../objects/message.ts";
import { warn } from "../../objects/protocol/warn.ts";
import { rt } from "../../objects/runtime.ts";
import { strToJs } from "../../objects/str/astral.ts";
import { genericNew } from "../../objects/type/generic-new.ts";
import { typeOf } from "../../objects/types.ts";
import { intValue, strValue } from "../../objects/values.ts";
import { pathArg } from "../support/fs-path.ts";
import { descriptors, host, hosted, raiseErrno } from "../support/host.ts";
import { DEFAULT_BUFFER_SIZE, rawIOBaseType } from "./abstract.ts";
import { sizeOrNone } from "./io-base.ts";
import { PyIOBase } from "./object.ts";
import { closedError, flushAll, unsupported } from "./state.ts";

const S_IFMT = 0o170000;
const S_IFDIR = 0o040000;

export class PyFileIO extends PyIOBase {
  fd = -1;
  created = false;
  canRead = false;
  canWrite = false;
  appending = false;
  closefd = true;
  /** Whether the file can seek; undefined until it was tried. */
  seekable: boolean | undefined = undefined;
  blockSize = DEFAULT_BUFFER_SIZE;

  /** The open file behind the descriptor; throws HostError when it is closed behind our back. */
  get file(): OpenFile {
    return descriptors().get(this.fd);
  }
}

const CLOSED = "I/O operation on closed file";
function open(self: PyFileIO): Status {
  return self.fd < 0 ? closedError(CLOSED) : null;
}

// ── opening ──────────────────────────────────────────────────────────────────────────────────────────────────
const INIT = signature("(file, mode='r', closefd=True, opener=None)");
const WRONG_MODE = "Must have exactly one of create/read/write/append mode and at most one plus";

function readMode(self: PyFileIO, mode: string): number | Exc {
  let kinds = 0;
  let plus = false;
  let flags = 0;
  self.created = self.canRead = self.canWrite = self.appending = false;
  for (const c of mode) {
    switch (c) {
      case "x":
        kinds++;
        self.created = self.canWrite = true;
        flags |= O_EXCL | O_CREAT;
        break;
      case "r":
        kinds++;
        self.canRead = true;
        break;
      case "w":
        kinds++;
        self.canWrite = true;
        flags |= O_CREAT | O_TRUNC;
        break;
      case "a":
        kinds++;
        self.canWrite = self.appending = true;
        flags |= O_APPEND | O_CREAT;
        break;
      case "b":
        break;
      case "+":
        if (plus) return valueError(WRONG_MODE);
        plus = self.canRead = self.canWrite = true;
        break;
      default:
        return valueError(`invalid mode: ${mode}`);
    }
    if (kinds > 1) return valueError(WRONG_MODE);
  }
  if (kinds === 0) return valueError(WRONG_MODE);
  flags |= self.canRead && self.canWrite ? O_RDWR : self.canRead ? O_RDONLY : O_WRONLY;
  return flags | O_CLOEXEC;
}

function init(self: PyFileIO, args: Value[], kwnames: KwNames): Status {
  const bound = parseArgs(INIT, "FileIO", args, kwnames);
  if (bound === EXC) return EXC;
  const [file, mode, closefd, opener] = bound as (Value | undefined)[];
  if (mode !== undefined && strValue(mode) === undefined) {
    return typeError(`FileIO() argument 'mode' must be str, not ${mode === null ? "None" : typeOf(mode).name}`);
  }
  const keeps = closefd === undefined ? true : isTrue(closefd);
  if (keeps === EXC) return EXC;
  if (self.fd >= 0) {
    if (self.closefd) {
      if (closeFile(self) === EXC) return EXC;
    } else self.fd = -1;
  }
  return openFile(
    self,
    file as Value,
    mode === undefined ? "r" : strToJs(strValue(mode) as string),
    keeps,
    opener ?? null,
  );
}

/** Opens `file`, a name or a descriptor. */
export function openFile(self: PyFileIO, file: Value, mode: string, closefd: boolean, opener: Value): Status {
  if (typeof file === "boolean" && warn(runtimeWarningType, "bool is used as a file descriptor") === EXC) return EXC;
  let fd = -1;
  const isNumber = strValue(file) === undefined && (intValue(file) !== undefined || typeOf(file).nb_index !== null);
  if (isNumber) {
    const given = asInt32(file);
    if (given === EXC) return EXC;
    if (given < 0) return valueError("negative file descriptor");
    fd = given;
  }
  const flags = readMode(self, mode);
  if (flags === EXC) return EXC;
  self.seekable = undefined;
  if (isNumber) {
    self.fd = fd;
    self.closefd = closefd;
  } else {
    if (!closefd) return valueError("Cannot use closefd=False with file name");
    self.closefd = true;
    const opened = openNamed(file, flags, opener);
    if (opened === EXC) return EXC;
    self.fd = opened;
  }
  return checkOpened(self, file, isNumber);
}

function openNamed(file: Value, flags: number, opener: Value): number | Exc {
  flushAll();
  if (opener !== null) {
    const result = call(opener, [file, flags]);
    if (result === EXC) return EXC;
    if (intValue(result) === undefined) return typeError("expected integer from opener");
    const fd = asInt32(result);
    if (fd === EXC) return EXC;
    return fd < 0 ? valueError(`opener returned ${fd}`) : fd;
  }
  const path = pathArg(file, "open");
  if (path === EXC) return EXC;
  return hosted(() => descriptors().add(host().files.open(path.text, flags, 0o666)), file);
}

/** Directories are no files; the name becomes an attribute; appending starts at the end. */
function checkOpened(self: PyFileIO, file: Value, wasDescriptor: boolean): Status {
  const stat = hosted(() => self.file.stat(), file);
  if (stat === EXC) {
    if (!wasDescriptor) dropDescriptor(self);
    self.fd = -1;
    return EXC;
  }
  if ((stat.mode & S_IFMT) === S_IFDIR) {
    if (!wasDescriptor) dropDescriptor(self);
    self.fd = -1;
    return raiseErrno(errnoOf("EISDIR"), file);
  }
  if ((stat.blksize ?? 0) > 1) self.blockSize = stat.blksize as number;
  if (setAttr(self, "name", file) === EXC) return EXC;
  if (self.appending) {
    try {
      self.file.seek?.(0, 2);
    } catch (error) {
      if (!(error instanceof HostError)) throw error;
    }
  }
  return null;
}
function dropDescriptor(self: PyFileIO): void {
  try {
    descriptors().close(self.fd);
  } catch (error) {
    if (!(error instanceof HostError)) throw error;
  }
}

function closeFile(self: PyFileIO): Status {
  const { fd } = self;
  if (fd < 0) return null;
  self.fd = -1;
  return hosted(() => {
    descriptors().close(fd);
    return null;
  });
}
function close(self: PyFileIO): Result {
  const base = callMethodOf(rawIOBaseType, "close", self);
  if (!self.closefd) {
    self.fd = -1;
    return base;
  }
  const pending = rt.exc;
  rt.exc = null;
  const closed = closeFile(self);
  if (base === EXC) {
    if (closed === EXC) clearException();
    rt.exc = pending;
    return EXC;
  }
  return closed;
}
/** Calls a base class's method. */
export function callMethodOf(type: PyType, name: string, self: Value, args: Value[] = []): Result {
  return callMethod(type, name, [self, ...args]);
}

// ── reading and writing ──────────────────────────────────────────────────────────────────────────────────────
const EAGAIN = errnoOf("EAGAIN");
/** Runs a call of the file's; a file that would block gives undefined. */
export function unlessBlocking<T>(run: () => T): T | undefined | Exc {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof HostError)) throw error;
    return error.errno === EAGAIN ? undefined : raiseErrno(error.errno);
  }
}

/** Reads into `memory`: the count, undefined when nothing is there yet. */
export function readIntoMemory(self: PyFileIO, memory: Uint8Array): number | undefined | Exc {
  if (open(self) === EXC) return EXC;
  if (!self.canRead) return unsupported("File not open for reading");
  return unlessBlocking(() => self.file.read(memory));
}
/** Writes from `memory`: the count, undefined when nothing could be written. */
export function writeFromMemory(self: PyFileIO, memory: Uint8Array): number | undefined | Exc {
  if (open(self) === EXC) return EXC;
  if (!self.canWrite) return unsupported("File not open for writing");
  return unlessBlocking(() => self.file.write(memory));
}

function readinto(self: PyFileIO, target: Value): Result {
  if (open(self) === EXC) return EXC;
  if (!self.canRead) return unsupported("File not open for reading");
  const count = withWritable(target, (memory) => readIntoMemory(self, memory), "readinto() argument 1");
  return count === undefined ? null : count;
}
function write(self: PyFileIO, data: Value): Result {
  if (open(self) === EXC) return EXC;
  if (!self.canWrite) return unsupported("File not open for writing");
  const memory = bytesLikeArray(data);
  if (memory === EXC) return EXC;
  const count = writeFromMemory(self, memory);
  return count === undefined ? null : count;
}
function read(self: PyFileIO, size?: Value): Result {
  if (open(self) === EXC) return EXC;
  if (!self.canRead) return unsupported("File not open for reading");
  const count = sizeOrNone(size);
  if (count === EXC) return EXC;
  if (count < 0) return callMethod(self, "readall");
  if (count > 2 ** 32) return overflowError("cannot fit 'int' into an index-sized integer");
  const memory = new Uint8Array(count);
  const got = readIntoMemory(self, memory);
  if (got === EXC || got === undefined) return got === EXC ? EXC : null;
  return bytesFromArray(memory.subarray(0, got));
}
/** Everything up to the end, as one array; undefined when nothing is there yet. */
export function readToEnd(self: PyFileIO): Uint8Array | undefined | Exc {
  if (open(self) === EXC) return EXC;
  if (!self.canRead) return unsupported("File not open for reading");
  let buffer: Uint8Array = new Uint8Array(sizeLeft(self) + 1);
  let filled = 0;
  for (;;) {
    if (filled === buffer.length) {
      const grown = new Uint8Array(Math.max(buffer.length * 2, DEFAULT_BUFFER_SIZE));
      grown.set(buffer);
      buffer = grown;
    }
    const got = readIntoMemory(self, buffer.subarray(filled));
    if (got === EXC) return EXC;
    if (got === undefined && filled === 0) return undefined;
    if (got === undefined || got === 0) return buffer.subarray(0, filled);
    filled += got;
  }
}
function sizeLeft(self: PyFileIO): number {
  try {
    const { size } = self.file.stat();
    const position = self.file.seek?.(0, 1) ?? 0;
    return Math.max(0, Math.min(size - position, 2 ** 31));
  } catch (error) {
    if (error instanceof HostError) return 0;
    throw error;
  }
}
function readall(self: PyFileIO): Result {
  const data = readToEnd(self);
  if (data === EXC || data === undefined) return data === EXC ? EXC : null;
  return data.length === 0 ? emptyBytes : bytesFromArray(data);
}

// ── positions ────────────────────────────────────────────────────────────────────────────────────────────────
/** Moves the position. */
export function seekFile(self: PyFileIO, offset: number, whence: number): number | Exc {
  if (open(self) === EXC) return EXC;
  return hosted(() => {
    const { file } = self;
    if (file.seek === undefined) throw new HostError(errnoOf("ESPIPE"));
    return file.seek(offset, whence);
  });
}
function seek(self: PyFileIO, offset: Value, whence?: Value): Result {
  if (open(self) === EXC) return EXC;
  const mode = whence === undefined ? 0 : asInt32(whence);
  if (mode === EXC) return EXC;
  if (intValue(offset) === undefined && typeOf(offset).nb_index === null) {
    return typeError(`'${typeOf(offset).name}' object cannot be interpreted as an integer`);
  }
  const to = asSize(offset);
  return to === EXC ? EXC : seekFile(self, to, mode);
}
export function fileSeekable(self: PyFileIO): boolean | Exc {
  if (open(self) === EXC) return EXC;
  if (self.seekable === undefined) {
    const at = seekFile(self, 0, 1);
    if (at === EXC) clearException();
    self.seekable = at !== EXC;
  }
  return self.seekable;
}
function truncate(self: PyFileIO, size?: Value): Result {
  if (open(self) === EXC) return EXC;
  if (!self.canWrite) return unsupported("File not open for writing");
  let length: Value = size ?? null;
  if (length === null) {
    const at = seekFile(self, 0, 1);
    if (at === EXC) return EXC;
    length = at;
  }
  if (intValue(length) === undefined && typeOf(length).nb_index === null) {
    return typeError(`'${typeOf(length).name}' object cannot be interpreted as an integer`);
  }
  const to = asSize(length);
  if (to === EXC) return EXC;
  const done = hosted(() => {
    if (to < 0 || self.file.truncate === undefined) throw new HostError(errnoOf("EINVAL"));
    self.file.truncate(to);
    return null;
  });
  return done === EXC ? EXC : length;
}

// ── description ──────────────────────────────────────────────────────────────────────────────────────────────
function modeOf(self: PyFileIO): string {
  if (self.created) return self.canRead ? "xb+" : "xb";
  if (self.appending) return self.canRead ? "ab+" : "ab";
  if (self.canRead) return self.canWrite ? "rb+" : "rb";
  return "wb";
}
function reprOf(self: PyFileIO): Result {
  if (self.fd < 0) return `<${typeOf(self).name} [closed]>`;
  const tail = ` mode='${modeOf(self)}' closefd=${self.closefd ? "True" : "False"}>`;
  const name = lookupAttr(self, "name");
  if (name === EXC) return EXC;
  if (name === undefined) return `<${typeOf(self).name} fd=${self.fd}${tail}`;
  const shown = repr(name);
  return shown === EXC ? EXC : concat(`<${typeOf(self).name} name=`, shown, tail);
}
function setFinalizing(self: PyFileIO, value: Value | undefined): Status {
  const flag = isTrue(value ?? null);
  if (flag === EXC) return EXC;
  self.finalizing = flag;
  return null;
}
const whenOpen =
  <R>(use: (self: PyFileIO) => R) =>
  (self: PyFileIO): R | Exc =>
    open(self) === EXC ? EXC : use(self);

export const fileIOType = newType("FileIO", {
  module: "_io",
  doc: "Open a file.",
  textSignature: "(file, mode='r', closefd=True, opener=None)",
  base: rawIOBaseType,
  flags: BASETYPE | HAS_DICT | HAS_WEAKREF,
  slots: { tp_new: genericNew, tp_alloc: (cls) => new PyFileIO(cls), tp_init: init, tp_repr: reprOf },
  methods: () => ({
    read: method("($self, size=-1, /)", read, "Read at most size bytes, returned as bytes."),
    readall: method("($self, /)", readall, "Read all data from the file, returned as bytes."),
    readinto: method("($self, buffer, /)", readinto, "Same as RawIOBase.readinto()."),
    write: method("($self, b, /)", write, "Write buffer b to file, return number of bytes written."),
    seek: method("($self, pos, whence=0, /)", seek, "Move to new file position and return the file position."),
    tell: method(
      "($self, /)",
      whenOpen((self) => seekFile(self, 0, 1)),
      "Current file position.",
    ),
    truncate: method(
      "($self, size=None, /)",
      truncate,
      "Truncate the file to at most size bytes and return the truncated size.",
    ),
    close: method("($self, /)", close, "Close the file."),
    seekable: method("($self, /)", (self: PyFileIO) => fileSeekable(self), "True if file supports random-access."),
    readable: method(
      "($self, /)",
      whenOpen((self) => self.canRead),
      "True if file was opened in a read mode.",
    ),
    writable: method(
      "($self, /)",
      whenOpen((self) => self.canWrite),
      "True if file was opened in a write mode.",
    ),
    fileno: method(
      "($self, /)",
      whenOpen((self) => self.fd),
      "Return the underlying file descriptor (an integer).",
    ),
    __getstate__: method("($self, /)", (self: PyFileIO) =>
      typeError(`cannot pickle '${shortName(typeOf(self))}' instances`),
    ),
    isatty: method(
      "($self, /)",
      whenOpen((self) => descriptors().has(self.fd) && self.file.isTerminal),
      "True if the file is connected to a TTY device.",
    ),
    _isatty_open_only: method(
      "($self, /)",
      whenOpen((self) => descriptors().has(self.fd) && self.file.isTerminal),
    ),
  }),
  getset: () => ({
    closed: getset((self: PyFileIO) => self.fd < 0, undefined, "True if the file is closed"),
    closefd: getset(
      (self: PyFileIO) => self.closefd,
      undefined,
      "True if the file descriptor will be closed by close().",
    ),
    mode: getset((self: PyFileIO) => modeOf(self), undefined, "String giving the file mode"),
    _blksize: getset((self: PyFileIO) => self.blockSize),
    _finalizing: getset((self: PyFileIO) => self.finalizing, setFinalizing),
  }),
});
