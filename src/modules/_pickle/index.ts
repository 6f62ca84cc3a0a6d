/** The module `_pickle`. */
import { bytesLike } from "../../objects/buffer.ts";
import { EXC, type Result, type Value } from "../../objects/core.ts";
import { fn, newModule } from "../../objects/define.ts";
import { pickleErrorType, picklingErrorType, unpicklingErrorType } from "./errors.ts";
import { Input, sourceOf } from "./input.ts";
import { pickleBufferType } from "./pickle-buffer.ts";
import { picklerType, saveOptions, writeOf } from "./pickler.ts";
import { Saver } from "./saver.ts";
import { loadOptions, runLoad, unpicklerType } from "./unpickler.ts";

function dump(
  obj: Value,
  file: Value,
  protocol: Value = null,
  fixImports: Value = true,
  bufferCallback: Value = null,
): Result {
  const options = saveOptions(protocol, fixImports, bufferCallback);
  if (options === EXC) return EXC;
  const write = writeOf(file);
  if (write === EXC) return EXC;
  options.write = write;
  const saver = new Saver(options, new Map());
  return saver.dump(obj) === EXC || saver.out.flush() === EXC ? EXC : null;
}

function dumps(obj: Value, protocol: Value = null, fixImports: Value = true, bufferCallback: Value = null): Result {
  const options = saveOptions(protocol, fixImports, bufferCallback);
  if (options === EXC) return EXC;
  const saver = new Saver(options, new Map());
  return saver.dump(obj) === EXC ? EXC : saver.out.result();
}

function load(
  file: Value,
  fixImports: Value = true,
  encoding: Value = "ASCII",
  errors: Value = "strict",
  buffers?: Value,
): Result {
  const options = loadOptions("load", fixImports, encoding, errors, buffers);
  if (options === EXC) return EXC;
  const source = sourceOf(file);
  return source === EXC ? EXC : runLoad(new Input("", source), options);
}

function loads(
  data: Value,
  fixImports: Value = true,
  encoding: Value = "ASCII",
  errors: Value = "strict",
  buffers?: Value,
): Result {
  const options = loadOptions("loads", fixImports, encoding, errors, buffers);
  if (options === EXC) return EXC;
  const content = bytesLike(data);
  return content === EXC ? EXC : runLoad(new Input(content, null), options);
}

export const pickleModule = newModule("_pickle", {
  doc: "Native implementation of pickle.",
  functions: () => ({
    dump: fn(
      "($module, /, obj, file, protocol=None, *, fix_imports=True,\n     buffer_callback=None)",
      dump,
      "Write a pickle of obj to the open file.",
    ),
    dumps: fn(
      "($module, /, obj, protocol=None, *, fix_imports=True,\n      buffer_callback=None)",
      dumps,
      "The pickle of obj, as bytes.",
    ),
    load: fn(
      "($module, /, file, *, fix_imports=True, encoding='ASCII',\n     errors='strict', buffers=())",
      load,
      "Read a pickle from the open file and return the object.",
    ),
    loads: fn(
      "($module, data, /, *, fix_imports=True, encoding='ASCII',\n      errors='strict', buffers=())",
      loads,
      "The object of the pickle that a bytes-like object holds.",
    ),
  }),
  attributes: () => ({
    PickleError: pickleErrorType,
    PicklingError: picklingErrorType,
    UnpicklingError: unpicklingErrorType,
    Pickler: picklerType,
    Unpickler: unpicklerType,
    PickleBuffer: pickleBufferType,
  }),
});
