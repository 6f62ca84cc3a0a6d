/** The type `Pickler`. */
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
import { PyBuiltin } from "../../objects/builtin.ts";
import { getset, method, newType, parseArgs, signature } from "../../objects/define.ts";
import { attributeError, overflowError, raiseArgs, runtimeError, typeError, valueError } from "../../objects/errors.ts";
import { attributeErrorType, runtimeWarningType } from "../../objects/exceptions/types.ts";
import { asIndex } from "../../objects/protocol/convert.ts";
import { isTrue, lookupAttr } from "../../objects/protocol/object.ts";
import { warn } from "../../objects/protocol/warn.ts";
import { shortName } from "../../objects/type/short-name.ts";
import { instanceGetAttr, instanceSetAttr } from "../../objects/type/instance-attributes.ts";
import { typeOf } from "../../objects/types.ts";
import { withAttributes } from "../../objects/with-attributes.ts";
import { asInt } from "../support/arguments.ts";
import { picklingError } from "./errors.ts";
import { picklerMemo, type SaveMemo, saveMemoFrom } from "./memo-proxy.ts";
import { DEFAULT_PROTOCOL, HIGHEST_PROTOCOL } from "./opcodes.ts";
import { Saver, type SaveOptions } from "./saver.ts";

export class PyPickler extends PyObject {
  memo: SaveMemo = new Map();
  /** undefined until `__init__` has run. */
  options: SaveOptions | undefined = undefined;
  /** `persistent_id` as set on the instance. */
  ownPersistentId: Value | undefined = undefined;
  bin = 1;
  fast = 0;
  isRunning = false;
  dispatchTable: Value | undefined = undefined;
  constructor(cls: PyType) {
    super(cls.shapes);
  }
}
class PyPicklerSub extends withAttributes(PyPickler) {}

/** The options that the arguments common to `Pickler` and the functions mean. */
export function saveOptions(protocolValue: Value, fixImportsValue: Value, bufferCallback: Value): SaveOptions | Exc {
  const fixImports = isTrue(fixImportsValue);
  if (fixImports === EXC) return EXC;
  let protocol: number = DEFAULT_PROTOCOL;
  if (protocolValue !== null) {
    const given = asInt(protocolValue);
    if (given === EXC) return EXC;
    protocol = given < 0 ? HIGHEST_PROTOCOL : given;
    if (protocol > HIGHEST_PROTOCOL) return valueError(`pickle protocol must be <= ${HIGHEST_PROTOCOL}`);
  }
  if (bufferCallback !== null && protocol < 5) return valueError("buffer_callback needs protocol >= 5");
  return {
    write: undefined,
    protocol,
    fixImports: fixImports && protocol < 3,
    bufferCallback,
    isBinary: protocol > 0,
    isFast: false,
    persistentId: undefined,
    reducerOverride: undefined,
    dispatchTable: undefined,
  };
}

/** The file's `write`. */
export function writeOf(file: Value): Result {
  const write = lookupAttr(file, "write");
  return write === undefined ? typeError("file must have a 'write' attribute") : write;
}

const INIT = signature("(file, protocol=None, fix_imports=True, buffer_callback=None)");
function init(self: PyPickler, args: Value[], kwnames: KwNames): Status {
  const bound = parseArgs(INIT, "Pickler", args, kwnames);
  if (bound === EXC) return EXC;
  const [file, protocol = null, fixImports = true, bufferCallback = null] = bound as [Value, ...(Value | undefined)[]];
  if (self.isRunning) return inUse();
  const options = saveOptions(protocol, fixImports, bufferCallback);
  if (options === EXC) return EXC;
  const write = writeOf(file);
  if (write === EXC) return EXC;
  options.write = write;
  self.options = options;
  self.memo = new Map();
  self.bin = options.protocol > 0 ? 1 : 0;
  self.fast = 0;
  const table = lookupAttr(self, "dispatch_table");
  if (table === EXC) return EXC;
  self.dispatchTable = table;
  return null;
}

/** A hook that a subclass or the instance defines; undefined when there is only our own default. */
export function hookOf(self: Value, name: string, isDefault: (found: PyBuiltin) => boolean): Value | undefined | Exc {
  const found = lookupAttr(self, name);
  if (found instanceof PyBuiltin && isDefault(found)) return undefined;
  return found;
}
const isOwnHook = (found: PyBuiltin): boolean => found.def.fullName === "Pickler.persistent_id";

const inUse = (): Exc => runtimeError("Pickler object is already used");

function dump(self: PyPickler, obj: Value): Result {
  const { options } = self;
  if (options === undefined)
    return picklingError(`Pickler.__init__() was not called by ${shortName(typeOf(self))}.__init__()`);
  if (self.isRunning) return inUse();
  const persistentId = hookOf(self, "persistent_id", isOwnHook);
  const reducerOverride = lookupAttr(self, "reducer_override");
  if (persistentId === EXC || reducerOverride === EXC) return EXC;
  const saver = new Saver(
    {
      ...options,
      isBinary: self.bin !== 0,
      isFast: self.fast !== 0,
      dispatchTable: self.dispatchTable,
      persistentId,
      reducerOverride,
    },
    self.memo,
  );
  self.isRunning = true;
  try {
    return saver.dump(obj) === EXC || saver.out.flush() === EXC ? EXC : null;
  } finally {
    self.isRunning = false;
  }
}

/** A C `int` field. */
function intField(read: (self: PyPickler) => number, write: (self: PyPickler, value: number) => void) {
  return getset(read, (self: PyPickler, value: Value | undefined) => {
    if (value === undefined) return typeError("can't delete numeric/char attribute");
    const index = asIndex(value);
    if (index === EXC) return EXC;
    if (typeof index === "bigint" && BigInt.asIntN(64, index) !== index)
      return overflowError("Python int too large to convert to C long");
    const int = Number(BigInt.asIntN(32, BigInt(index)));
    if (int !== Number(index) && warn(runtimeWarningType, "Truncation of value to int") === EXC) return EXC;
    write(self, int);
    return null;
  });
}

function getAttribute(self: PyPickler, name: string): Result {
  if (name === "persistent_id" && self.ownPersistentId !== undefined) return self.ownPersistentId;
  return instanceGetAttr(self, name);
}
function setAttribute(self: PyPickler, name: string, value: Value | undefined): Status {
  if (name !== "persistent_id") return instanceSetAttr(self, name, value);
  self.ownPersistentId = value;
  return null;
}

export const picklerType: PyType = newType("Pickler", {
  module: "_pickle",
  doc: "Writes objects as pickles to a file, which has a write() method that takes bytes.",
  textSignature: "(file, protocol=None, fix_imports=True, buffer_callback=None)",
  flags: BASETYPE,
  slots: {
    tp_alloc: (cls) => (cls === picklerType ? new PyPickler(cls) : new PyPicklerSub(cls)),
    tp_init: init,
    tp_getattro: getAttribute,
    tp_setattro: setAttribute,
  },
  methods: () => ({
    persistent_id: method("($self, obj, /)", () => null),
    dump: method("($self, obj, /)", dump, "Write a pickle of the object to the file."),
    clear_memo: method(
      "($self, /)",
      (self: PyPickler) => {
        self.memo.clear();
        return null;
      },
      "Forgets the objects written so far: they will be written again, not referred to.",
    ),
    __sizeof__: method("($self, /)", (self: PyPickler) => 240 + 16 * self.memo.size),
  }),
  getset: () => ({
    bin: intField(
      (self) => self.bin,
      (self, value) => {
        self.bin = value;
      },
    ),
    fast: intField(
      (self) => self.fast,
      (self, value) => {
        self.fast = value;
      },
    ),
    dispatch_table: getset(
      (self: PyPickler) =>
        self.dispatchTable ??
        attributeError(`'${typeOf(self).name}' object has no attribute 'dispatch_table'`, self, "dispatch_table"),
      (self: PyPickler, value: Value | undefined) => {
        if (value === undefined && self.dispatchTable === undefined)
          return raiseArgs(attributeErrorType, "dispatch_table");
        self.dispatchTable = value;
        return null;
      },
    ),
    memo: getset(picklerMemo, (self: PyPickler, value: Value | undefined) => {
      const memo = saveMemoFrom(value);
      if (memo === EXC) return EXC;
      self.memo = memo;
      return null;
    }),
  }),
});
