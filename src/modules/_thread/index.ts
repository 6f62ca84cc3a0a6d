/** The module `_thread`: one thread, which cannot start others. */
import { EXC, type KwNames, PyType, type Result, type Value, isSubtype } from "../../objects/core.ts";
import { fn, newModule, rawFn } from "../../objects/define.ts";
import { raiseArgs, runtimeError, typeError, valueError } from "../../objects/errors.ts";
import { runtimeErrorType, systemExitType } from "../../objects/exceptions/types.ts";
import { newFloat } from "../../objects/float.ts";
import { asIndex, asInt32 } from "../../objects/protocol/convert.ts";
import { isCallable } from "../../objects/protocol/object.ts";
import { newStructSequence, PyStructSequence } from "../../objects/structseq.ts";
import { PyTuple } from "../../objects/tuple.ts";
import { displayException } from "../../builtins/display-exception.ts";
import { SIGINT, interruptMain } from "../_signal/state.ts";
import { PyThreadHandle, threadHandleType } from "./handle.ts";
import { threadIdent } from "./ident.ts";
import { localType } from "./local.ts";
import { PyLock, TIMEOUT_MAX, lockType, rlockType } from "./locks.ts";

const exceptHookArgsType = newStructSequence("_thread._ExceptHookArgs", {
  doc: "Type used to pass arguments to threading.excepthook.",
  fields: ["exc_type", "exc_value", "exc_traceback", "thread"].map((name) => ({ name })),
});

const cannotStart = (): Result => runtimeError("can't start new thread");

function startNewThread(args: Value[], kwnames: KwNames): Result {
  if (kwnames !== null && kwnames.length > 0) return typeError("_thread.start_new_thread() takes no keyword arguments");
  if (args.length < 2 || args.length > 3) {
    return typeError(
      `start_new_thread expected at ${args.length < 2 ? "least 2" : "most 3"} arguments, got ${args.length}`,
    );
  }
  if (!isCallable(args[0])) return typeError("first arg must be callable");
  if (!(args[1] instanceof PyTuple)) return typeError("2nd arg must be a tuple");
  return cannotStart();
}

function excepthook(args: Value): Result {
  if (!(args instanceof PyStructSequence) || args.shape.cls !== exceptHookArgsType.type) {
    return typeError("_thread.excepthook argument type must be ExceptHookArgs");
  }
  const [type, value] = args.values;
  if (type instanceof PyType && isSubtype(type, systemExitType)) return null;
  displayException(value);
  return null;
}

function interrupt(signum: Value = SIGINT): Result {
  const number = asInt32(signum);
  return number === EXC ? EXC : interruptMain(number);
}

const newLock = (): Value => new PyLock();

export const _threadModule = newModule("_thread", {
  doc: "This module provides primitive operations to write multi-threaded programs.\nThe 'threading' module provides a more convenient interface.",
  functions: () => ({
    allocate_lock: fn("($module, /)", newLock, "Create a new lock object."),
    allocate: fn("($module, /)", newLock),
    get_ident: fn(
      "($module, /)",
      threadIdent,
      "Return a non-zero integer that uniquely identifies the current thread.",
    ),
    get_native_id: fn("($module, /)", () => 1),
    _get_main_thread_ident: fn("($module, /)", threadIdent),
    start_new_thread: rawFn(startNewThread, "Start a new thread and return its identifier.").signedAs(
      "($module, function, args, kwargs={}, /)",
    ),
    start_new: rawFn(startNewThread).signedAs("($module, function, args, kwargs={}, /)"),
    start_joinable_thread: fn("($module, /, function, handle=None, daemon=True)", cannotStart),
    _make_thread_handle: fn("($module, ident, /)", (ident: Value) => {
      const n = asIndex(ident);
      return n === EXC ? EXC : new PyThreadHandle(threadHandleType, Number(n));
    }),
    _count: fn("($module, /)", () => 0),
    _shutdown: fn("($module, /)", () => null),
    _is_main_interpreter: fn("($module, /)", () => true),
    daemon_threads_allowed: fn("($module, /)", () => true),
    exit: fn("($module, /)", () => raiseArgs(systemExitType)),
    exit_thread: fn("($module, /)", () => raiseArgs(systemExitType)),
    interrupt_main: fn("($module, signum=signal.SIGINT, /)", interrupt, "Simulate the arrival of the given signal."),
    stack_size: fn("($module, size=0, /)", (size?: Value) =>
      size === undefined || size === 0 ? 0 : valueError("setting the stack size is not supported"),
    ),
    set_name: fn("($module, /, name)", (_name: Value) => null),
    _get_name: fn("($module, /)", () => "python"),
    _excepthook: fn("($module, args, /)", excepthook, "Handle uncaught Thread.run() exception."),
  }),
  attributes: () => ({
    error: runtimeErrorType,
    LockType: lockType,
    lock: lockType,
    RLock: rlockType,
    _local: localType,
    _ThreadHandle: threadHandleType,
    _ExceptHookArgs: exceptHookArgsType.type,
    TIMEOUT_MAX: newFloat(TIMEOUT_MAX),
    _NAME_MAXLEN: 15,
  }),
});
