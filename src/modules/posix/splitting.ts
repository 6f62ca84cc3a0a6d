/** Cutting paths up natively: what `posixpath` imports from here. */
import { EXC, type Exc, type Result, type Value } from "../../objects/core.ts";
import { PyBytes, newBytes } from "../../objects/bytes.ts";
import { fn } from "../../objects/define.ts";
import { typeError } from "../../objects/errors.ts";
import { type Str, strConcatAll, strSlice } from "../../objects/str/astral.ts";
import { matchesAt } from "../../objects/str/find.ts";
import { splitText } from "../../objects/str/split.ts";
import { newTuple } from "../../objects/tuple.ts";
import { lookup } from "../../objects/type/lookup.ts";
import { typeOf } from "../../objects/types.ts";
import { strValue } from "../../objects/values.ts";
import { fspath } from "../support/fs-path.ts";

/** `os.path.normpath` on text. */
export function normalPath(path: Str): Str {
  if (path.length === 0) return ".";
  const root = rootOf(path);
  const parts: Str[] = [];
  for (const part of splitText(path, "/", -1)) {
    if (part === "" || part === ".") continue;
    const last = parts[parts.length - 1];
    if (part !== ".." || (root === "" && parts.length === 0) || last === "..") parts.push(part);
    else if (parts.length > 0) parts.pop();
  }
  const joined: Str[] = [];
  parts.forEach((part, i) => {
    if (i > 0) joined.push("/");
    joined.push(part);
  });
  const text = strConcatAll([root, ...joined]);
  return text.length === 0 ? "." : text;
}
/** "", "/", or "//" (which POSIX leaves special; three and more are one). */
function rootOf(path: Str): string {
  if (!matchesAt(path, "/", 0)) return "";
  return matchesAt(path, "//", 0) && !matchesAt(path, "///", 0) ? "//" : "/";
}

function onText(name: string, value: Value, use: (text: Str) => Str[]): { parts: Value[] } | Exc {
  if (
    strValue(value) === undefined &&
    !(value instanceof PyBytes) &&
    lookup(typeOf(value), "__fspath__") === undefined
  ) {
    return typeError(`${name}: path should be string, bytes or os.PathLike, not ${typeOf(value).name}`);
  }
  const path = fspath(value);
  if (path === EXC) return EXC;
  if (path instanceof PyBytes) return { parts: use(path.latin1).map((part) => newBytes(part as string)) };
  const text = strValue(path);
  if (text === undefined) return typeError(`expected str, not ${typeOf(path).name}`);
  return { parts: use(text) };
}
function normpath(path: Value): Result {
  const result = onText("_path_normpath", path, (text) => [normalPath(text)]);
  return result === EXC ? EXC : result.parts[0];
}
function splitroot(path: Value): Result {
  const result = onText("_path_splitroot_ex", path, (text) => {
    if (!matchesAt(text, "/", 0)) return ["", "", text];
    const size = matchesAt(text, "//", 0) && !matchesAt(text, "///", 0) ? 2 : 1;
    return ["", strSlice(text, 0, size), strSlice(text, size)];
  });
  return result === EXC ? EXC : newTuple(result.parts);
}

export const splittingFunctions = () => ({
  _path_normpath: fn("($module, /, path)", normpath, "Normalize path, eliminating double slashes, etc."),
  _path_splitroot_ex: fn("($module, /, p)", splitroot, "Split a pathname into drive, root and tail."),
});
