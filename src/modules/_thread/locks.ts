/** Locks. There is one thread: a lock that is held cannot be released while we wait for it. */
import {
  BASETYPE,
  EXC,
  type Exc,
  HAS_WEAKREF,
  type KwNames,
  PyObject,
  type PyType,
  type Result,
  type Value,
} from "../../objects/core.ts";
import { method, newType, parseArgs, rawMethod, signature } from "../../objects/define.ts";
import { overflowError, runtimeError, typeError, valueError } from "../../objects/errors.ts";
import { PyFloat } from "../../objects/float.ts";
import { asIndex } from "../../objects/protocol/convert.ts";
import { idText, isTrue } from "../../objects/protocol/object.ts";
import { PyTuple, newTuple } from "../../objects/tuple.ts";
import { typeOf } from "../../objects/types.ts";
import { withAttributes } from "../../objects/with-attributes.ts";
import { clockNow } from "../time/clock.ts";
import { threadIdent } from "./ident.ts";

export class PyLock extends PyObject {
  locked = false;
  constructor(cls: PyType = lockType) {
    super(cls.shapes);
  }
}
export class PyRLock extends PyObject {
  count = 0;
  owner = 0;
  constructor(cls: PyType) {
    super(cls.shapes);
  }
}
class PyRLockSub extends withAttributes(PyRLock) {}

const ACQUIRE = signature("(blocking=True, timeout=-1)");
/** The longest wait, in seconds: what fits 64 bits of nanoseconds. */
export const TIMEOUT_MAX = 9223372036;

interface Wait {
  blocking: boolean;
  /** Seconds; negative: for ever. */
  timeout: number;
}
function parseWait(args: Value[], kwnames: KwNames): Wait | Exc {
  const parsed = parseArgs(ACQUIRE, "acquire", args, kwnames);
  if (parsed === EXC) return EXC;
  const [blockingValue = true, timeoutValue = -1] = parsed as [Value?, Value?];
  const blocking = isTrue(blockingValue);
  if (blocking === EXC) return EXC;
  const timeout = seconds(timeoutValue);
  if (timeout === EXC) return EXC;
  if (!blocking && timeout !== -1) return valueError("can't specify a timeout for a non-blocking call");
  if (timeout < 0 && timeout !== -1) return valueError("timeout value must be a non-negative number");
  if (timeout > TIMEOUT_MAX) return overflowError("timestamp out of range for C PyTime_t");
  return { blocking, timeout };
}
function seconds(value: Value): number | Exc {
  if (value instanceof PyFloat) return value.value;
  if (typeOf(value).nb_index === null) {
    return typeError(`'${typeOf(value).name}' object cannot be interpreted as an integer or float`);
  }
  const n = asIndex(value);
  return n === EXC ? EXC : Number(n);
}
/** Waiting for what nobody can do: until the time is over, or an error. */
function waitInVain({ blocking, timeout }: Wait): Result {
  if (!blocking) return false;
  if (timeout < 0) return runtimeError("deadlock: the lock is held, and there is no other thread to release it");
  clockNow().sleep?.(BigInt(Math.round(timeout * 1e9)));
  return false;
}

function acquire(self: PyLock, args: Value[], kwnames: KwNames): Result {
  const wait = parseWait(args, kwnames);
  if (wait === EXC) return EXC;
  if (self.locked) return waitInVain(wait);
  self.locked = true;
  return true;
}
function release(self: PyLock): Result {
  if (!self.locked) return runtimeError("release unlocked lock");
  self.locked = false;
  return null;
}

export const lockType: PyType = newType("lock", {
  module: "_thread",
  doc: "A lock object is a synchronization primitive.",
  textSignature: "()",
  flags: HAS_WEAKREF,
  slots: {
    tp_alloc: (cls) => new PyLock(cls),
    tp_repr: (self: PyLock) => `<${self.locked ? "locked" : "unlocked"} _thread.lock object at 0x${idText(self)}>`,
  },
  methods: () => ({
    acquire: rawMethod(acquire, "Lock the lock.").signedAs("($self, /, blocking=True, timeout=-1)"),
    acquire_lock: rawMethod(acquire).signedAs("($self, /, blocking=True, timeout=-1)"),
    release: method("($self, /)", release, "Release the lock."),
    release_lock: method("($self, /)", release),
    locked: method("($self, /)", (self: PyLock) => self.locked),
    locked_lock: method("($self, /)", (self: PyLock) => self.locked),
    __enter__: rawMethod((self: PyLock) => acquire(self, [], null)).signedAs("($self, /)"),
    __exit__: method("($self, exc_type, exc_value, exc_tb, /)", release),
    _at_fork_reinit: method("($self, /)", (self: PyLock) => {
      self.locked = false;
      return null;
    }),
  }),
});

// ── reentrant locks ────────────────────────────────────────────────────────────────────────────────────────
function acquireR(self: PyRLock, args: Value[], kwnames: KwNames): Result {
  const wait = parseWait(args, kwnames);
  if (wait === EXC) return EXC;
  if (self.count > 0 && self.owner !== threadIdent()) return waitInVain(wait);
  self.count++;
  self.owner = threadIdent();
  return true;
}
function releaseR(self: PyRLock): Result {
  if (self.count === 0) return runtimeError("cannot release un-acquired lock");
  self.count--;
  if (self.count === 0) self.owner = 0;
  return null;
}
function releaseSave(self: PyRLock): Result {
  if (self.count === 0) return runtimeError("cannot release un-acquired lock");
  const saved = newTuple([self.count, self.owner]);
  self.count = 0;
  self.owner = 0;
  return saved;
}
function acquireRestore(self: PyRLock, saved: Value): Result {
  if (!(saved instanceof PyTuple) || saved.items.length !== 2) return typeError("argument must be a 2-item tuple");
  const [count, owner] = saved.items;
  self.count = Number(count);
  self.owner = Number(owner);
  return null;
}

export const rlockType: PyType = newType("RLock", {
  module: "_thread",
  doc: "A lock that the thread which holds it can acquire again.",
  flags: BASETYPE | HAS_WEAKREF,
  slots: {
    tp_alloc: (cls) => (cls === rlockType ? new PyRLock(cls) : new PyRLockSub(cls)),
    tp_new: (cls) => cls.tp_alloc!(cls),
    tp_repr: (self: PyRLock) =>
      `<${self.count > 0 ? "locked" : "unlocked"} _thread.RLock object owner=${self.owner} count=${self.count} at 0x${idText(self)}>`,
  },
  methods: () => ({
    acquire: rawMethod(acquireR, "Lock the lock.").signedAs("($self, /, blocking=True, timeout=-1)"),
    release: method("($self, /)", releaseR, "Release the lock."),
    locked: method("($self, /)", (self: PyRLock) => self.count > 0),
    __enter__: rawMethod((self: PyRLock) => acquireR(self, [], null)).signedAs("($self, /)"),
    __exit__: method("($self, exc_type, exc_value, exc_tb, /)", releaseR),
    _is_owned: method("($self, /)", (self: PyRLock) => self.count > 0 && self.owner === threadIdent()),
    _recursion_count: method("($self, /)", (self: PyRLock) => (self.owner === threadIdent() ? self.count : 0)),
    _release_save: method("($self, /)", releaseSave),
    _acquire_restore: method("($self, state, /)", acquireRestore),
    _at_fork_reinit: method("($self, /)", (self: PyRLock) => {
      self.count = 0;
      self.owner = 0;
      return null;
    }),
  }),
});
