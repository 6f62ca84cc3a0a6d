/** The module `sys`. Streams, and what importlib keeps here, are put in by those who make them. */
import { EXC, HEAPTYPE, type KwNames, PyType, type Result, type Value } from "../../objects/core.ts";
import { fn, newModule, parseArgs, rawFn, signature } from "../../objects/define.ts";
import { PyBytes } from "../../objects/bytes.ts";
import { newDict } from "../../objects/dict.ts";
import { catches, clearException, newException, raiseObject, typeError } from "../../objects/errors.ts";
import { deprecationWarningType, systemExitType, typeErrorType } from "../../objects/exceptions/types.ts";
import { newList } from "../../objects/list.ts";
import { call } from "../../objects/protocol/call.ts";
import { monitor } from "../../objects/monitoring/monitor.ts";
import { getProfile, setProfile } from "../../objects/monitoring/profile-tool.ts";
import { getTrace, setTrace } from "../../objects/monitoring/trace-tool.ts";
import { asIndex } from "../../objects/protocol/convert.ts";
import { callSpecial } from "../../objects/protocol/object.ts";
import { warn } from "../../objects/protocol/warn.ts";
import { rt } from "../../objects/runtime.ts";
import { newFrozenset } from "../../objects/set.ts";
import { Ellipsis, NotImplemented } from "../../objects/singletons.ts";
import { strFromJs } from "../../objects/str/astral.ts";
import { PyTuple, emptyTuple, newTuple } from "../../objects/tuple.ts";
import { strType, typeOf } from "../../objects/types.ts";
import { strValue } from "../../objects/values.ts";
import { handlePendingSignals } from "../_signal/state.ts";
import { sysConfig } from "./config.ts";
import { currentExceptions, currentFrames, excInfo, exception, getframe, getframemodulename } from "./frames.ts";
import { breakpointhook, displayhook, excepthook, reportUnraisable, unraisablehook } from "./hooks.ts";
import {
  HEX_VERSION,
  VERSION_TEXT,
  flagsOf,
  floatInfo,
  hashInfo,
  implementation,
  intInfo,
  threadInfo,
  versionInfo,
} from "./info.ts";
import {
  getAsyncgenHooks,
  getOriginTracking,
  getSwitchInterval,
  setAsyncgenHooks,
  setIntMaxStrDigits,
  setOriginTracking,
  setRecursionLimit,
  setSwitchInterval,
  settings,
} from "./limits.ts";
import { jitModule, statisticsFunctions } from "./jit.ts";
import { monitoringModule } from "./monitoring.ts";
import { stdlibModuleNames } from "./stdlib-names.ts";

/** What CPython reports of an object that is never freed. */
const IMMORTAL_COUNT = 0xc0000000;

/** Is it one of the objects of which there is one for good? */
function isImmortal(object: Value): boolean {
  if (typeof object !== "object" || object === null) return true;
  if (object === Ellipsis || object === NotImplemented || object === emptyTuple) return true;
  if (object instanceof PyType) return (object.flags & HEAPTYPE) === 0;
  return object instanceof PyBytes && object.latin1.length <= 1;
}

function exit(status: Value = null): Result {
  const args = status === null ? [] : status instanceof PyTuple ? status.items : [status];
  return raiseObject(newException(systemExitType, args));
}
function intern(text: Value): Result {
  if (strValue(text) === undefined) return typeError(`intern() argument must be str, not ${typeOf(text).name}`);
  return typeOf(text) === strType ? text : typeError(`can't intern ${typeOf(text).name}`);
}

const SIZEOF = signature("(object, default=<unrepresentable>)");
function getsizeof(args: Value[], kwnames: KwNames): Result {
  const parsed = parseArgs(SIZEOF, "getsizeof", args, kwnames);
  if (parsed === EXC) return EXC;
  const [o, fallback] = parsed as [Value, Value?];
  const size = sizeOf(o);
  if (size !== EXC || fallback === undefined || !catches(typeErrorType)) return size;
  clearException();
  return fallback;
}
function sizeOf(o: Value): Result {
  const size = callSpecial(o, "__sizeof__");
  if (size === undefined) return typeError(`Type ${typeOf(o).name} doesn't define __sizeof__`);
  return size === EXC ? EXC : asIndex(size);
}

/** Tells the audit hooks of an event (PEP 578). */
export function audit(event: Value, args: Value[]): Result {
  for (const hook of settings().auditHooks) if (call(hook, [event, newTuple(args)]) === EXC) return EXC;
  return null;
}
function auditFunction(args: Value[], kwnames: KwNames): Result {
  if (kwnames !== null && kwnames.length > 0) return typeError("sys.audit() takes no keyword arguments");
  if (args.length === 0) return typeError("audit expected at least 1 argument, got 0");
  if (strValue(args[0]) === undefined) {
    return typeError(`expected str for argument 'event', not ${typeOf(args[0]).name}`);
  }
  return audit(args[0], args.slice(1));
}

const nothing = (): null => null;

const functions = () => ({
  displayhook: fn("($module, object, /)", displayhook, "Print an object to sys.stdout and also save it in builtins._"),
  __displayhook__: fn("($module, object, /)", displayhook),
  excepthook: fn(
    "($module, exctype, value, traceback, /)",
    excepthook,
    "Handle an exception by displaying it with a traceback on sys.stderr.",
  ),
  __excepthook__: fn("($module, exctype, value, traceback, /)", excepthook),
  unraisablehook: fn("($module, unraisable, /)", unraisablehook, "Handle an unraisable exception."),
  __unraisablehook__: fn("($module, unraisable, /)", unraisablehook),
  breakpointhook: rawFn(breakpointhook, "This hook function is called by built-in breakpoint().").signedAs(
    "($module, /, *args, **kwargs)",
  ),
  __breakpointhook__: rawFn(breakpointhook).signedAs("($module, /, *args, **kwargs)"),
  exit: fn("($module, status=None, /)", exit, "Exit the interpreter by raising SystemExit(status)."),
  intern: fn("($module, string, /)", intern, "``Intern'' the given string."),
  exc_info: fn("($module, /)", excInfo, "Return current exception information: (type, value, traceback)."),
  exception: fn("($module, /)", exception, "Return the current exception."),
  _getframe: fn("($module, depth=0, /)", getframe, "Return a frame object from the call stack."),
  _getframemodulename: fn(
    "($module, /, depth=0)",
    getframemodulename,
    "Return the name of the module for a calling frame.",
  ),
  _current_frames: fn("($module, /)", currentFrames),
  _current_exceptions: fn("($module, /)", currentExceptions),
  getsizeof: rawFn(getsizeof, "Return the size of object in bytes."),
  getrefcount: fn(
    "($module, object, /)",
    (o: Value) => (isImmortal(o) ? IMMORTAL_COUNT : 2),
    "Return the reference count of object: not counted here.",
  ),
  getrecursionlimit: fn("($module, /)", () => rt.recursionLimit, "Return the current value of the recursion limit."),
  setrecursionlimit: fn(
    "($module, limit, /)",
    setRecursionLimit,
    "Set the maximum depth of the Python interpreter stack to n.",
  ),
  get_int_max_str_digits: fn("($module, /)", () => rt.intMaxStrDigits),
  set_int_max_str_digits: fn("($module, /, maxdigits)", setIntMaxStrDigits),
  getswitchinterval: fn("($module, /)", getSwitchInterval),
  setswitchinterval: fn("($module, interval, /)", setSwitchInterval),
  get_coroutine_origin_tracking_depth: fn("($module, /)", getOriginTracking),
  set_coroutine_origin_tracking_depth: fn("($module, /, depth)", setOriginTracking),
  get_asyncgen_hooks: fn("($module, /)", getAsyncgenHooks),
  set_asyncgen_hooks: fn(
    "($module, /, firstiter=<unrepresentable>, finalizer=<unrepresentable>)",
    setAsyncgenHooks,
  ).signedAs(null),
  settrace: fn("($module, function, /)", setTrace, "Set the global debug tracing function."),
  setprofile: fn("($module, function, /)", setProfile, "Set the profiling function."),
  gettrace: fn("($module, /)", getTrace, "Return the global debug tracing function set with sys.settrace."),
  getprofile: fn("($module, /)", getProfile, "Return the profiling function set with sys.setprofile."),
  _settraceallthreads: fn("($module, function, /)", setTrace),
  _setprofileallthreads: fn("($module, function, /)", setProfile),
  call_tracing: fn("($module, func, args, /)", (f: Value, args: Value) =>
    args instanceof PyTuple
      ? monitor().watch(() => call(f, args.items))
      : typeError("call_tracing() argument 2 must be tuple, not " + typeOf(args).name),
  ),
  getdefaultencoding: fn("($module, /)", () => "utf-8"),
  getfilesystemencoding: fn("($module, /)", () => "utf-8"),
  getfilesystemencodeerrors: fn("($module, /)", () => "surrogateescape"),
  getallocatedblocks: fn("($module, /)", () => 0),
  getunicodeinternedsize: fn("($module, /, *, _only_immortal=False)", () => 0),
  getdlopenflags: fn("($module, /)", () => settings().dlopenFlags),
  setdlopenflags: fn("($module, flags, /)", (flags: Value) => {
    const n = asIndex(flags);
    if (n === EXC) return EXC;
    settings().dlopenFlags = Number(n);
    return null;
  }),
  is_finalizing: fn("($module, /)", () => false),
  is_stack_trampoline_active: fn("($module, /)", () => false),
  activate_stack_trampoline: fn("($module, backend, /)", () => null),
  deactivate_stack_trampoline: fn("($module, /)", () => null),
  is_remote_debug_enabled: fn("($module, /)", () => false),
  addaudithook: fn("($module, /, hook)", (hook: Value) => {
    settings().auditHooks.push(hook);
    return null;
  }),
  audit: rawFn(auditFunction, "Passes the event to any hooks that are attached.").signedAs(
    "($module, event, /, *args)",
  ),
  _get_cpu_count_config: fn("($module, /)", () => -1, "Private function for getting PyConfig.cpu_count"),
  _is_gil_enabled: fn("($module, /)", () => true),
  _is_interned: fn("($module, string, /)", (text: Value) =>
    strValue(text) === undefined
      ? typeError(`_is_interned() argument must be str, not ${typeOf(text).name}`)
      : typeOf(text) === strType,
  ),
  _is_immortal: fn("($module, op, /)", isImmortal),
  _clear_type_cache: fn("($module, /)", () =>
    warn(
      deprecationWarningType,
      "sys._clear_type_cache() is deprecated and may be removed in a future version of Python. " +
        "Use sys._clear_internal_caches() instead.",
    ),
  ),
  _clear_internal_caches: fn("($module, /)", nothing),
  _clear_type_descriptors: fn("($module, type, /)", nothing),
  _debugmallocstats: fn("($module, /)", nothing),
});

const texts = (list: readonly string[]): Value => newList(list.map(strFromJs));

function attributes(): Record<string, Value> {
  const config = sysConfig();
  const names = newFrozenset();
  for (const name of stdlibModuleNames) names.add(name);
  const xoptions = newDict();
  for (const name in config.xOptions) xoptions.setStr(name, config.xOptions[name]);
  return {
    version: `${VERSION_TEXT} (main, Dec  5 2025, 12:00:00) [Sidewinder 0.1.0]`,
    hexversion: HEX_VERSION,
    version_info: versionInfo(),
    _git: newTuple(["Sidewinder", "", ""]),
    _framework: "",
    api_version: 1013,
    copyright: "Copyright (c) the Sidewinder contributors; the library: Copyright (c) Python Software Foundation.",
    platform: config.platform,
    maxsize: 9223372036854775807n,
    maxunicode: 0x10ffff,
    byteorder: "little",
    abiflags: "",
    float_repr_style: "short",
    float_info: floatInfo(),
    int_info: intInfo(),
    hash_info: hashInfo(),
    thread_info: threadInfo(),
    implementation: implementation(),
    flags: flagsOf(config),
    argv: texts(config.argv),
    orig_argv: texts(config.origArgv),
    warnoptions: texts(config.warnOptions),
    _xoptions: xoptions,
    path: texts(config.path),
    meta_path: newList([]),
    path_hooks: newList([]),
    path_importer_cache: newDict(),
    executable: config.executable,
    _base_executable: config.executable,
    prefix: config.prefix,
    exec_prefix: config.prefix,
    base_prefix: config.prefix,
    base_exec_prefix: config.prefix,
    platlibdir: "lib",
    _stdlib_dir: config.stdlibDir,
    _home: null,
    pycache_prefix: null,
    dont_write_bytecode: (config.flags.dont_write_bytecode ?? 0) !== 0,
    builtin_module_names: newTuple(config.builtinModuleNames.slice().sort()),
    stdlib_module_names: names,
    monitoring: monitoringModule(),
    _jit: jitModule(),
    modules: rt.modules,
  };
}

export const sysModule = newModule("sys", {
  doc: "This module provides access to some objects used or maintained by the\ninterpreter and to functions that interact strongly with the interpreter.",
  functions: () => ({ ...functions(), ...statisticsFunctions() }),
  attributes,
  exec: () => {
    rt.reportUnraisable = reportUnraisable;
    // Signals that arrive are handled between instructions; before `signal` is imported SIGINT interrupts.
    rt.onInterrupt ??= handlePendingSignals;
    return null;
  },
});
