/** The module `_signal`: handlers for signals that the host passes on, and those a program sends itself. */
import { BASETYPE, EXC, type Exc, type Result, type Value } from "../../objects/core.ts";
import { fn, newModule, newType } from "../../objects/define.ts";
import { notImplementedError, raiseArgs, typeError, valueError } from "../../objects/errors.ts";
import { keyboardInterruptType, osErrorType } from "../../objects/exceptions/types.ts";
import { newFloat } from "../../objects/float.ts";
import { asInt32 } from "../../objects/protocol/convert.ts";
import { isCallable } from "../../objects/protocol/object.ts";
import { newSet } from "../../objects/set.ts";
import { newStructSequence } from "../../objects/structseq.ts";
import { newTuple } from "../../objects/tuple.ts";
import { raiseErrno } from "../support/host.ts";
import { NSIG, SIGINT, SIG_DFL, SIG_IGN, sendToSelf, signalState } from "./state.ts";

/** Linux's signals. */
const NUMBERS: Record<string, number> = {
  SIGHUP: 1,
  SIGINT: 2,
  SIGQUIT: 3,
  SIGILL: 4,
  SIGTRAP: 5,
  SIGABRT: 6,
  SIGIOT: 6,
  SIGBUS: 7,
  SIGFPE: 8,
  SIGKILL: 9,
  SIGUSR1: 10,
  SIGSEGV: 11,
  SIGUSR2: 12,
  SIGPIPE: 13,
  SIGALRM: 14,
  SIGTERM: 15,
  SIGSTKFLT: 16,
  SIGCHLD: 17,
  SIGCLD: 17,
  SIGCONT: 18,
  SIGSTOP: 19,
  SIGTSTP: 20,
  SIGTTIN: 21,
  SIGTTOU: 22,
  SIGURG: 23,
  SIGXCPU: 24,
  SIGXFSZ: 25,
  SIGVTALRM: 26,
  SIGPROF: 27,
  SIGWINCH: 28,
  SIGIO: 29,
  SIGPOLL: 29,
  SIGPWR: 30,
  SIGSYS: 31,
  SIGRTMIN: 34,
  SIGRTMAX: 64,
};
const DESCRIPTIONS = [
  "",
  "Hangup",
  "Interrupt",
  "Quit",
  "Illegal instruction",
  "Trace/breakpoint trap",
  "Aborted",
  "Bus error",
  "Floating point exception",
  "Killed",
  "User defined signal 1",
  "Segmentation fault",
  "User defined signal 2",
  "Broken pipe",
  "Alarm clock",
  "Terminated",
  "Stack fault",
  "Child exited",
  "Continued",
  "Stopped (signal)",
  "Stopped",
  "Stopped (tty input)",
  "Stopped (tty output)",
  "Urgent I/O condition",
  "CPU time limit exceeded",
  "File size limit exceeded",
  "Virtual timer expired",
  "Profiling timer expired",
  "Window changed",
  "I/O possible",
  "Power failure",
  "Bad system call",
];
/** Kept by the C library for its threads. */
const RESERVED = [32, 33];

function signalNumber(value: Value): number | Exc {
  const n = asInt32(value);
  if (n === EXC) return EXC;
  return n < 1 || n >= NSIG ? valueError("signal number out of range") : n;
}
function signal(number: Value, handler: Value): Result {
  const signum = signalNumber(number);
  if (signum === EXC) return EXC;
  if (handler !== SIG_DFL && handler !== SIG_IGN && !isCallable(handler)) {
    return typeError("signal handler must be signal.SIG_IGN, signal.SIG_DFL, or a callable object");
  }
  if (signum === 9 || signum === 19) return raiseErrno(22);
  const { handlers } = signalState();
  const before = handlers.get(signum) ?? SIG_DFL;
  handlers.set(signum, handler);
  return before;
}
function getsignal(number: Value): Result {
  const signum = signalNumber(number);
  if (signum === EXC) return EXC;
  return RESERVED.includes(signum) ? null : (signalState().handlers.get(signum) ?? SIG_DFL);
}
function raiseSignal(number: Value): Result {
  const signum = asInt32(number);
  return signum === EXC ? EXC : sendToSelf(signum);
}
function strsignal(number: Value): Result {
  const signum = signalNumber(number);
  if (signum === EXC) return EXC;
  if (signum < DESCRIPTIONS.length) return DESCRIPTIONS[signum];
  return signum >= NUMBERS.SIGRTMIN ? `Real-time signal ${signum - NUMBERS.SIGRTMIN}` : null;
}
function validSignals(): Result {
  const set = newSet();
  for (let n = 1; n < NSIG; n++) if (!RESERVED.includes(n) && set.add(n) === EXC) return EXC;
  return set;
}
const unsupported = (name: string) => (): Result =>
  notImplementedError(`signal.${name}() is not supported: there are no timers and no other threads to wait for`);

const itimerErrorType = newType("ItimerError", { module: "signal", doc: null, base: osErrorType, flags: BASETYPE });
const siginfoType = newStructSequence("signal.struct_siginfo", {
  doc: "struct_siginfo: Result from sigwaitinfo or sigtimedwait.",
  fields: ["si_signo", "si_code", "si_errno", "si_pid", "si_uid", "si_status", "si_band"].map((name) => ({ name })),
});

export const _signalModule = newModule("_signal", {
  doc: "This module provides mechanisms to use signal handlers in Python.",
  functions: () => ({
    signal: fn("($module, signalnum, handler, /)", signal, "Set the action for the given signal."),
    getsignal: fn("($module, signalnum, /)", getsignal, "Return the current action for the given signal."),
    raise_signal: fn("($module, signalnum, /)", raiseSignal, "Send a signal to the executing process."),
    strsignal: fn("($module, signalnum, /)", strsignal, "Return the system description of the given signal."),
    valid_signals: fn("($module, /)", validSignals, "Return a set of valid signal numbers on this platform."),
    default_int_handler: fn(
      "($module, signalnum, frame, /)",
      (_n: Value, _frame: Value) => raiseArgs(keyboardInterruptType),
      "The default handler for SIGINT installed by Python.",
    ),
    set_wakeup_fd: fn("($module, fd, /, *, warn_on_full_buffer=True)", (_fd: Value) => -1),
    siginterrupt: fn("($module, signalnum, flag, /)", (n: Value, _flag: Value) =>
      signalNumber(n) === EXC ? EXC : null,
    ),
    pthread_kill: fn("($module, thread_id, signalnum, /)", (_thread: Value, n: Value) => raiseSignal(n)),
    pthread_sigmask: fn("($module, how, mask, /)", (_how: Value, _mask: Value) => newSet()),
    sigpending: fn("($module, /)", () => newSet()),
    alarm: fn("($module, seconds, /)", (seconds: Value) => (seconds === 0 ? 0 : unsupported("alarm")())),
    getitimer: fn("($module, which, /)", (_which: Value) => newTuple([newFloat(0), newFloat(0)])),
    setitimer: fn("($module, which, seconds, interval=0.0, /)", (_which: Value, seconds: Value) =>
      seconds === 0 ? newTuple([newFloat(0), newFloat(0)]) : unsupported("setitimer")(),
    ),
    pause: fn("($module, /)", unsupported("pause")),
    sigwait: fn("($module, sigset, /)", unsupported("sigwait")),
    sigwaitinfo: fn("($module, sigset, /)", unsupported("sigwaitinfo")),
    sigtimedwait: fn("($module, sigset, timeout, /)", unsupported("sigtimedwait")),
  }),
  attributes: () => ({
    SIG_DFL,
    SIG_IGN,
    SIG_BLOCK: 0,
    SIG_UNBLOCK: 1,
    SIG_SETMASK: 2,
    ITIMER_REAL: 0,
    ITIMER_VIRTUAL: 1,
    ITIMER_PROF: 2,
    NSIG,
    ...NUMBERS,
    ItimerError: itimerErrorType,
    struct_siginfo: siginfoType.type,
  }),
  exec: (module) => {
    const { handlers } = signalState();
    if (!handlers.has(SIGINT)) handlers.set(SIGINT, module.dict.getStr("default_int_handler") as Value);
    return null;
  },
});
