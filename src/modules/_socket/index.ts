/**
 * `_socket`: the module that `socket` is built on. There is no network in the host's interfaces: a socket can be one of
 * a pair within the interpreter (which event loops wake themselves with), all else is refused with an OSError.
 */
import {
  BASETYPE,
  EXC,
  type Exc,
  type KwNames,
  PyObject,
  type PyType,
  type Result,
  type Status,
  type Value,
} from "../../objects/core.ts";
import { newBytes, type PyBytes } from "../../objects/bytes.ts";
import { fn, getset, method, newModule, newType, parseArgs, signature } from "../../objects/define.ts";
import { raise, valueError } from "../../objects/errors.ts";
import { osErrorType, timeoutErrorType } from "../../objects/exceptions/types.ts";
import { newFloat } from "../../objects/float.ts";
import { asDouble, asInt32, asSize } from "../../objects/protocol/convert.ts";
import { rt } from "../../objects/runtime.ts";
import { newTuple } from "../../objects/tuple.ts";
import { intValue } from "../../objects/values.ts";
import { withAttributes } from "../../objects/with-attributes.ts";
import { bytesLikeArray as bufferBytes } from "../../objects/buffer.ts";
import { descriptors, hosted, raiseErrno } from "../support/host.ts";
import { errnoOf } from "../../host/errno.ts";
import { SOCKET_CONSTANTS } from "./constants.ts";
import { SocketFile } from "./memory-socket.ts";

class PySocket extends PyObject {
  fd = -1;
  family = -1;
  kind = -1;
  proto = -1;
  /** Seconds; -1: blocks for ever. */
  timeout = -1;
  constructor(cls: PyType) {
    super(cls.shapes);
  }
}
class PySocketSub extends withAttributes(PySocket) {}

const SIG = signature("(family=-1, type=-1, proto=-1, fileno=None)");
function socketInit(self: PySocket, args: Value[], kwnames: KwNames): Status {
  const bound = parseArgs(SIG, "socket", args, kwnames);
  if (bound === EXC) return EXC;
  const numbers: number[] = [];
  for (const value of bound.slice(0, 3)) {
    const n = value === undefined ? -1 : asInt32(value);
    if (n === EXC) return EXC;
    numbers.push(n);
  }
  const [family, kind, proto] = numbers;
  const fileno = bound[3];
  self.family = family === -1 ? SOCKET_CONSTANTS.AF_INET : family;
  self.kind = kind === -1 ? SOCKET_CONSTANTS.SOCK_STREAM : kind;
  self.proto = proto === -1 ? 0 : proto;
  if (fileno === undefined || fileno === null) return unreachable();
  const fd = asInt32(fileno);
  if (fd === EXC) return EXC;
  if (fd < 0) return valueError("negative file descriptor");
  if (!(hosted(() => descriptors().get(fd)) instanceof SocketFile)) {
    return rt.exc === null ? raiseErrno(errnoOf("ENOTSOCK")) : EXC;
  }
  self.fd = fd;
  return null;
}
/** The host grants no network. */
function unreachable(): Exc {
  return raiseErrno(errnoOf("EPERM"));
}
function fileOf(self: PySocket): SocketFile | Exc {
  if (self.fd < 0) return raiseErrno(errnoOf("EBADF"));
  const file = hosted(() => descriptors().get(self.fd));
  return file === EXC ? EXC : (file as SocketFile);
}
function close(self: PySocket): Result {
  const { fd } = self;
  self.fd = -1;
  if (fd < 0 || !descriptors().has(fd)) return null;
  return hosted(() => descriptors().close(fd)) === EXC ? EXC : null;
}
function receive(self: PySocket, size: number): Uint8Array | Exc {
  if (size < 0) return valueError("negative buffersize in recv");
  const file = fileOf(self);
  if (file === EXC) return EXC;
  const buffer = new Uint8Array(size);
  const count = hosted(() => file.read(buffer));
  if (count === EXC) return self.timeout > 0 ? raise(timeoutErrorType, "timed out") : EXC;
  return buffer.subarray(0, count);
}
function toBytes(data: Uint8Array): PyBytes {
  let text = "";
  for (const b of data) text += String.fromCharCode(b);
  return newBytes(text);
}
function send(self: PySocket, data: Value): Result {
  const bytes = bufferBytes(data);
  if (bytes === EXC) return EXC;
  const file = fileOf(self);
  return file === EXC ? EXC : hosted(() => file.write(bytes));
}
function setTimeout_(self: PySocket, value: Value): Result {
  if (value === null) {
    self.timeout = -1;
    return null;
  }
  const seconds = asDouble(value);
  if (seconds === EXC) return EXC;
  if (seconds < 0) return valueError("Timeout value out of range");
  self.timeout = seconds;
  return null;
}
const refuse = (self: PySocket): Result => (fileOf(self) === EXC ? EXC : raiseErrno(errnoOf("EOPNOTSUPP")));

export const socketType = newType("socket", {
  module: "_socket",
  doc: "One end of a connection within this interpreter; the host grants no network.",
  flags: BASETYPE,
  slots: {
    tp_alloc: (cls) => (cls === (socketType as PyType) ? new PySocket(cls) : new PySocketSub(cls)),
    tp_init: socketInit,
    tp_repr: (self: PySocket) =>
      `<socket object, fd=${self.fd}, family=${self.family}, type=${self.kind}, proto=${self.proto}>`,
  },
  methods: () => ({
    close: method("($self, /)", close),
    fileno: method("($self, /)", (self: PySocket) => self.fd),
    detach: method("($self, /)", (self: PySocket) => {
      const { fd } = self;
      self.fd = -1;
      return fd;
    }),
    recv: method("($self, buffersize, flags=0, /)", (self: PySocket, size: Value) => {
      const n = asSize(size);
      const data = n === EXC ? EXC : receive(self, n);
      return data === EXC ? EXC : toBytes(data);
    }),
    send: method("($self, data, flags=0, /)", send),
    sendall: method("($self, data, flags=0, /)", (self: PySocket, data: Value) =>
      send(self, data) === EXC ? EXC : null,
    ),
    setblocking: method("($self, flag, /)", (self: PySocket, flag: Value) => {
      self.timeout = flag === false || flag === 0 ? 0 : -1;
      return null;
    }),
    getblocking: method("($self, /)", (self: PySocket) => self.timeout !== 0),
    settimeout: method("($self, value, /)", setTimeout_),
    gettimeout: method("($self, /)", (self: PySocket) => (self.timeout < 0 ? null : newFloat(self.timeout))),
    shutdown: method("($self, how, /)", (self: PySocket) => {
      const file = fileOf(self);
      if (file === EXC) return EXC;
      file.shutdown();
      return null;
    }),
    getsockname: method("($self, /)", () => ""),
    getpeername: method("($self, /)", () => ""),
    setsockopt: method("($self, level, option, value, optlen=None, /)", () => null),
    getsockopt: method("($self, level, option, buflen=0, /)", () => 0),
    bind: method("($self, address, /)", refuse),
    connect: method("($self, address, /)", refuse),
    connect_ex: method("($self, address, /)", () => errnoOf("EOPNOTSUPP")),
    listen: method("($self, backlog=128, /)", refuse),
    _accept: method("($self, /)", refuse),
  }),
  getset: () => ({
    family: getset((self: PySocket) => self.family),
    type: getset((self: PySocket) => self.kind),
    proto: getset((self: PySocket) => self.proto),
    timeout: getset((self: PySocket) => (self.timeout < 0 ? null : newFloat(self.timeout))),
  }),
});

function socketpair(family: Value = SOCKET_CONSTANTS.AF_INET, kind: Value = 1, proto: Value = 0): Result {
  const sockets = SocketFile.pair().map((file) => {
    const made = new PySocket(socketType);
    made.fd = descriptors().add(file);
    made.family = Number(intValue(family) ?? SOCKET_CONSTANTS.AF_INET);
    made.kind = Number(intValue(kind) ?? 1);
    made.proto = Number(intValue(proto) ?? 0);
    return made;
  });
  return newTuple(sockets);
}
/** Exceptions of the resolver: OSErrors of their own names. */
const errorType = (name: string): PyType => newType(name, { module: "socket", base: osErrorType, flags: BASETYPE });
const gaierrorType = errorType("gaierror");
const herrorType = errorType("herror");

const noName = (): Exc => raise(gaierrorType, "this host grants no network");

export const socketModule = newModule("_socket", {
  functions: () => ({
    socketpair: fn("($module, family=1, type=1, proto=0, /)", socketpair),
    close: fn("($module, fd, /)", (fd: Value) => {
      const n = asInt32(fd);
      return n === EXC || hosted(() => descriptors().close(n)) === EXC ? EXC : null;
    }),
    dup: fn("($module, fd, /)", (fd: Value) => {
      const n = asInt32(fd);
      return n === EXC ? EXC : hosted(() => descriptors().dup(n));
    }),
    getdefaulttimeout: fn("($module, /)", () => null),
    setdefaulttimeout: fn("($module, timeout, /)", () => null),
    gethostname: fn("($module, /)", () => "localhost"),
    getaddrinfo: fn("($module, host, port, family=0, type=0, proto=0, flags=0)", noName),
    getnameinfo: fn("($module, sockaddr, flags, /)", noName),
    gethostbyname: fn("($module, host, /)", noName),
    gethostbyname_ex: fn("($module, host, /)", noName),
    gethostbyaddr: fn("($module, host, /)", noName),
    getservbyname: fn("($module, name, proto='tcp', /)", noName),
    getservbyport: fn("($module, port, proto='tcp', /)", noName),
    htons: fn("($module, x, /)", swap16),
    ntohs: fn("($module, x, /)", swap16),
    htonl: fn("($module, x, /)", swap32),
    ntohl: fn("($module, x, /)", swap32),
    inet_aton: fn("($module, ip_addr, /)", (text: Value) => {
      const parts = typeof text === "string" ? text.split(".").map(Number) : [];
      if (parts.length !== 4 || parts.some((p) => !(p >= 0 && p < 256))) {
        return raise(osErrorType, "illegal IP address string passed to inet_aton");
      }
      return toBytes(Uint8Array.from(parts));
    }),
    inet_ntoa: fn("($module, packed_ip, /)", (packed: Value) => {
      const bytes = bufferBytes(packed);
      if (bytes === EXC) return EXC;
      return bytes.length === 4 ? [...bytes].join(".") : raise(osErrorType, "packed IP wrong length");
    }),
  }),
  attributes: () => ({
    ...SOCKET_CONSTANTS,
    socket: socketType,
    SocketType: socketType,
    error: osErrorType,
    timeout: timeoutErrorType,
    gaierror: gaierrorType,
    herror: herrorType,
    has_ipv6: false,
  }),
});

function swap16(x: Value): Result {
  const n = asInt32(x);
  if (n === EXC) return EXC;
  return ((n & 255) << 8) | ((n >> 8) & 255);
}
function swap32(x: Value): Result {
  const n = asSize(x);
  if (n === EXC) return EXC;
  const u = n >>> 0;
  return (((u & 255) << 24) | ((u & 0xff00) << 8) | ((u >> 8) & 0xff00) | (u >>> 24)) >>> 0;
}
