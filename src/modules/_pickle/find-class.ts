/** From a module's and a global's name to the object: what unpickling does unless a subclass of Unpickler decides. */
import { EXC, type Result, type Value } from "../../objects/core.ts";
import { attributeError, catches } from "../../objects/errors.ts";
import { attributeErrorType } from "../../objects/exceptions/types.ts";
import { concat } from "../../objects/message.ts";
import { getAttr, repr } from "../../objects/protocol/object.ts";
import { type Str, strToJs } from "../../objects/str/astral.ts";
import { strValue } from "../../objects/values.ts";
import { audit } from "../sys/index.ts";
import { raiseChained } from "./errors.ts";
import { mapName } from "./registries.ts";
import { getPath, importNamed, pathOf } from "./save-global.ts";

export function findClass(module: Value, name: Value, protocol: number, fixImports: boolean): Result {
  if (audit("pickle.find_class", [module, name]) === EXC) return EXC;
  const global = protocol < 3 && fixImports ? mapName({ module, name }, false) : { module, name };
  if (global === EXC) return EXC;
  const imported = importNamed(global.module);
  if (imported === EXC) return EXC;
  const text = strToJs(strValue(global.name) as Str);
  if (protocol < 4 || !text.includes(".")) return getAttr(imported, text);
  const found = getPath(imported, pathOf(global.name));
  if (found !== EXC || !catches(attributeErrorType)) return found;
  return raiseChained(() => {
    const shownName = repr(global.name);
    const shownModule = shownName === EXC ? EXC : repr(global.module);
    if (shownName === EXC || shownModule === EXC) return EXC;
    return attributeError(concat("Can't resolve path ", shownName, " on module ", shownModule), imported, global.name);
  });
}
