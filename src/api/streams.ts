/** `sys.stdin`, `sys.stdout` and `sys.stderr`: text files over descriptors 0, 1 and 2. Source: docs of sys.stdin. */
import { importModule } from "../importlib/import-name.ts";
import { EXC, type Result, type Status, type Value } from "../objects/core.ts";
import { call, callMethod } from "../objects/protocol/call.ts";
import { getAttr, setAttr } from "../objects/protocol/object.ts";
import { rt } from "../objects/runtime.ts";
import type { Settings } from "./settings.ts";

interface Stream {
  fd: number;
  name: "stdin" | "stdout" | "stderr";
  errors: string;
}

export function installStreams(settings: Settings): Status {
  const [encoding, errors] = (settings.ioEncoding ?? "").split(":");
  const plain = errors || (encoding === "" ? settings.ioErrors : "strict");
  const streams: Stream[] = [
    { fd: 0, name: "stdin", errors: plain },
    { fd: 1, name: "stdout", errors: plain },
    { fd: 2, name: "stderr", errors: "backslashreplace" },
  ];
  const io = importModule("_io");
  if (io === EXC) return EXC;
  for (const stream of streams) {
    const made = openStream(io, stream, encoding || "utf-8", settings.unbuffered);
    if (made === EXC) return EXC;
    rt.sysDict.setStr(`__${stream.name}__`, made);
    rt.sysDict.setStr(stream.name, made);
  }
  return null;
}

function openStream(io: Value, { fd, name, errors }: Stream, encoding: string, unbuffered: boolean): Result {
  const isInput = fd === 0;
  const raw = unbuffered && !isInput;
  const open = getAttr(io, "open");
  if (open === EXC) return EXC;
  const mode = isInput ? "rb" : "wb";
  const buffer = call(open, [fd, mode, raw ? 0 : -1, null, null, null, false]);
  if (buffer === EXC) {
    // A descriptor that is closed gives None, as in CPython.
    rt.exc = null;
    return null;
  }
  const file = raw ? buffer : getAttr(buffer, "raw");
  if (file === EXC || setAttr(file, "name", `<${name}>`) === EXC) return EXC;
  const terminal = callMethod(file, "isatty");
  if (terminal === EXC) return EXC;
  const wrapper = getAttr(io, "TextIOWrapper");
  if (wrapper === EXC) return EXC;
  const lineBuffering = terminal === true || name === "stderr";
  const text = call(wrapper, [buffer, encoding, errors, isInput ? null : "\n", lineBuffering, raw]);
  if (text === EXC || setAttr(text, "mode", isInput ? "r" : "w") === EXC) return EXC;
  return text;
}
