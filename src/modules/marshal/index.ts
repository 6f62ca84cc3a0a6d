/** The module `marshal`. */
import { bytesLike } from "../../objects/buffer.ts";
import { PyBytes, newBytes } from "../../objects/bytes.ts";
import { EXC, type Result, type Value } from "../../objects/core.ts";
import { fn, newModule } from "../../objects/define.ts";
import { typeError } from "../../objects/errors.ts";
import { callMethod } from "../../objects/protocol/call.ts";
import { asInt32 } from "../../objects/protocol/convert.ts";
import { isTrue } from "../../objects/protocol/object.ts";
import { typeOf } from "../../objects/types.ts";
import { VERSION } from "./format.ts";
import { loads } from "./reader.ts";
import { dumps } from "./writer.ts";

function dumpsFunction(value: Value, versionValue: Value = VERSION, allowValue: Value = true): Result {
  const version = asInt32(versionValue);
  const allow = isTrue(allowValue);
  if (version === EXC || allow === EXC) return EXC;
  const data = dumps(value, version, allow);
  return data === EXC ? EXC : newBytes(data);
}
function dump(value: Value, file: Value, version?: Value, allow?: Value): Result {
  const data = dumpsFunction(value, version, allow);
  return data === EXC ? EXC : callMethod(file, "write", [data]);
}
function loadsFunction(source: Value, allowValue: Value = true): Result {
  const allow = isTrue(allowValue);
  const data = bytesLike(source);
  if (data === EXC || allow === EXC) return EXC;
  const loaded = loads(data, allow);
  return loaded === EXC ? EXC : loaded.value;
}
/** Reads as much as one value needs: what follows it stays in the file. */
function load(file: Value, allowValue: Value = true): Result {
  const allow = isTrue(allowValue);
  const rest = allow === EXC ? EXC : callMethod(file, "read");
  if (allow === EXC || rest === EXC) return EXC;
  if (!(rest instanceof PyBytes)) return typeError(`file.read() returned not bytes but ${typeOf(rest).name}`);
  const loaded = loads(rest.latin1, allow);
  if (loaded === EXC) return EXC;
  const unread = rest.latin1.length - loaded.end;
  if (unread > 0 && callMethod(file, "seek", [-unread, 1]) === EXC) return EXC;
  return loaded.value;
}

export const marshalModule = newModule("marshal", {
  doc: "This module contains functions that can read and write Python values in\na binary format.",
  functions: () => ({
    dump: fn(
      "($module, value, file, version=version, /, *, allow_code=True)",
      dump,
      "Write the value on the open file.",
    ),
    dumps: fn(
      "($module, value, version=version, /, *, allow_code=True)",
      dumpsFunction,
      "Return the bytes object that would be written to a file by dump(value, file).",
    ),
    load: fn("($module, file, /, *, allow_code=True)", load, "Read one value from the open file and return it."),
    loads: fn("($module, bytes, /, *, allow_code=True)", loadsFunction, "Convert the bytes-like object to a value."),
  }),
  attributes: () => ({ version: VERSION }),
});
