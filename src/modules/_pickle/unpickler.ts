/** The type `Unpickler`. */
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
import type { PyBuiltin } from "../../objects/builtin.ts";
import { getset, method, newType, parseArgs, signature } from "../../objects/define.ts";
import { attempt, runtimeError, typeError, valueError } from "../../objects/errors.ts";
import { getIter } from "../../objects/protocol/iter.ts";
import { isTrue } from "../../objects/protocol/object.ts";
import { instanceGetAttr, instanceSetAttr } from "../../objects/type/instance-attributes.ts";
import { shortName } from "../../objects/type/short-name.ts";
import { typeOf } from "../../objects/types.ts";
import { strToJs } from "../../objects/str/astral.ts";
import { strValue } from "../../objects/values.ts";
import { withAttributes } from "../../objects/with-attributes.ts";
import { unpicklingError } from "./errors.ts";
import { findClass } from "./find-class.ts";
import { Input, sourceOf } from "./input.ts";
import { Loader, type LoadHooks, type LoadOptions, noPersistentLoad } from "./loader.ts";
import { LoadMemo, loadMemoFrom, unpicklerMemo } from "./memo-proxy.ts";
import { hookOf } from "./pickler.ts";

export class PyUnpickler extends PyObject {
  memo = new LoadMemo();
  /** undefined until `__init__` has run. */
  input: Input | undefined = undefined;
  options: LoadOptions = DEFAULTS;
  /** Of the pickle loaded last: `find_class` depends on it. */
  protocol = 0;
  /** While it is loading. */
  loader: Loader | null = null;
  /** `persistent_load` as set on the instance. */
  ownPersistentLoad: Value | undefined = undefined;
  constructor(cls: PyType) {
    super(cls.shapes);
  }
}
class PyUnpicklerSub extends withAttributes(PyUnpickler) {}

const DEFAULTS: LoadOptions = { fixImports: false, encoding: "ASCII", errors: "strict", buffers: undefined };
const NO_HOOKS: LoadHooks = { findClass: undefined, persistentLoad: undefined };

/** The options that the arguments common to `Unpickler` and the functions mean. */
export function loadOptions(
  owner: string,
  fixImportsValue: Value,
  encodingValue: Value,
  errorsValue: Value,
  buffersValue: Value | undefined,
): LoadOptions | Exc {
  const fixImports = isTrue(fixImportsValue);
  const encoding = fixImports === EXC ? EXC : textOption(owner, "encoding", encodingValue);
  const errors = encoding === EXC ? EXC : textOption(owner, "errors", errorsValue);
  if (fixImports === EXC || encoding === EXC || errors === EXC) return EXC;
  const buffers = buffersValue === undefined || buffersValue === null ? undefined : getIter(buffersValue);
  return buffers === EXC ? EXC : { fixImports, encoding, errors, buffers };
}
function textOption(owner: string, name: string, value: Value): string | Exc {
  const text = strValue(value);
  if (text === undefined)
    return typeError(`${owner}() argument '${name}' must be str, not ${value === null ? "None" : typeOf(value).name}`);
  const js = strToJs(text);
  return js.includes("\0") ? valueError("embedded null character") : js;
}

const INIT = signature("(file, *, fix_imports=True, encoding='ASCII', errors='strict', buffers=())");
function init(self: PyUnpickler, args: Value[], kwnames: KwNames): Status {
  const bound = parseArgs(INIT, "Unpickler", args, kwnames);
  if (bound === EXC) return EXC;
  const [file, fixImports = true, encoding = "ASCII", errors = "strict", buffers] = bound as [
    Value,
    ...(Value | undefined)[],
  ];
  if (self.loader !== null) return inUse();
  const source = sourceOf(file);
  if (source === EXC) return EXC;
  const options = loadOptions("Unpickler", fixImports, encoding, errors, buffers);
  if (options === EXC) return EXC;
  self.options = options;
  self.input = new Input("", source);
  self.memo = new LoadMemo();
  self.protocol = 0;
  return null;
}

/** The value of the pickle at the input's place. */
export function runLoad(input: Input, options: LoadOptions, memo = new LoadMemo(), hooks = NO_HOOKS): Result {
  return run(new Loader(input, memo, options, hooks), input);
}
function run(loader: Loader, input: Input): Result {
  const value = attempt(() => loader.run());
  const finished = attempt(() => input.finish());
  return finished === EXC ? EXC : value;
}

const isOwn =
  (name: string) =>
  (found: PyBuiltin): boolean =>
    found.def.fullName === `Unpickler.${name}`;
const isOwnFind = isOwn("find_class");
const isOwnPersistent = isOwn("persistent_load");

const inUse = (): Exc => runtimeError("Unpickler object is already used");

function load(self: PyUnpickler): Result {
  const { input } = self;
  if (input === undefined)
    return unpicklingError(`Unpickler.__init__() was not called by ${shortName(typeOf(self))}.__init__()`);
  if (self.loader !== null) return inUse();
  const persistentLoad = hookOf(self, "persistent_load", isOwnPersistent);
  const findHook = typeOf(self) === unpicklerType ? undefined : hookOf(self, "find_class", isOwnFind);
  if (persistentLoad === EXC || findHook === EXC) return EXC;
  const loader = new Loader(input, self.memo, self.options, { findClass: findHook, persistentLoad });
  self.loader = loader;
  try {
    return run(loader, input);
  } finally {
    self.loader = null;
    self.protocol = loader.protocol;
  }
}

function find(self: PyUnpickler, module: Value, name: Value): Result {
  const protocol = self.loader?.protocol ?? self.protocol;
  if (strValue(name) === undefined) return typeError(`attribute name must be string, not '${typeOf(name).name}'`);
  return findClass(module, name, protocol, self.options.fixImports);
}

export const unpicklerType: PyType = newType("Unpickler", {
  module: "_pickle",
  doc: "Reads pickles from a file, which has the methods read(size) and readline().",
  textSignature: "(file, *, fix_imports=True, encoding='ASCII', errors='strict',\n          buffers=())",
  flags: BASETYPE,
  slots: {
    tp_alloc: (cls) => (cls === unpicklerType ? new PyUnpickler(cls) : new PyUnpicklerSub(cls)),
    tp_init: init,
    tp_getattro: (self: PyUnpickler, name: string) =>
      name === "persistent_load" && self.ownPersistentLoad !== undefined
        ? self.ownPersistentLoad
        : instanceGetAttr(self, name),
    tp_setattro: (self: PyUnpickler, name: string, value: Value | undefined) => {
      if (name !== "persistent_load") return instanceSetAttr(self, name, value);
      self.ownPersistentLoad = value;
      return null;
    },
  },
  methods: () => ({
    persistent_load: method("($self, pid, /)", () => noPersistentLoad()),
    load: method("($self, /)", load, "Read a pickle from the file and return the object."),
    find_class: method("($self, module_name, global_name, /)", find, "The object of that name in that module."),
    __sizeof__: method("($self, /)", (self: PyUnpickler) => 240 + 8 * self.memo.items.length),
  }),
  getset: () => ({
    memo: getset(unpicklerMemo, (self: PyUnpickler, value: Value | undefined) => {
      const memo = loadMemoFrom(value);
      if (memo === EXC) return EXC;
      self.memo = memo;
      return null;
    }),
  }),
});
