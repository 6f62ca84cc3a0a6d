/** Python's exceptions as JavaScript errors. */
import { EXC, type Exc } from "../objects/core.ts";
import { importModule } from "../objects/import-hook.ts";
import type { PyBaseException } from "../objects/exceptions/base.ts";
import { PyList } from "../objects/list.ts";
import { call } from "../objects/protocol/call.ts";
import { getAttr, str } from "../objects/protocol/object.ts";
import { rt } from "../objects/runtime.ts";
import { strToJs } from "../objects/str/astral.ts";
import type { PyTraceback } from "../objects/traceback.ts";
import type { Session } from "./session.ts";

export interface PythonFrame {
  filename: string;
  line: number;
  /** Qualified name of the function; "<module>" at the top level. */
  function: string;
}

/** An exception that Python code did not catch. */
export class PythonError extends Error {
  override readonly name = "PythonError";

  constructor(
    /** The class's name, with its module unless that is `builtins`: "ValueError", "json.decoder.JSONDecodeError". */
    readonly type: string,
    message: string,
    /** Outermost first. */
    readonly frames: PythonFrame[],
    /** What Python would print. */
    readonly traceback: string,
    private readonly session: Session,
    private readonly exception: PyBaseException,
  ) {
    super(message);
    this.stack = traceback;
  }

  /** Makes the exception pending again, in the interpreter that it comes from. */
  raiseIn(session: Session): Exc {
    if (session !== this.session) throw new TypeError("an exception cannot pass from one interpreter to another");
    rt.exc = this.exception;
    return EXC;
  }
}

/** Inside the interpreter: the error for an exception that is not pending any more. */
export function pythonError(session: Session, exception: PyBaseException): PythonError {
  const type = typeName(exception);
  const message = messageOf(exception);
  const frames: PythonFrame[] = [];
  for (let at: PyTraceback | null = exception.traceback; at !== null; at = at.next) {
    const { code } = at.frame;
    frames.push({ filename: code.filename, line: lineOf(at), function: code.qualname });
  }
  return new PythonError(type, message, frames, formatted(exception) ?? `${type}: ${message}`, session, exception);
}

function lineOf(entry: PyTraceback): number {
  const line = getAttr(entry, "tb_lineno");
  if (line === EXC) rt.exc = null;
  return typeof line === "number" ? line : entry.frame.code.firstlineno;
}

function typeName(exception: PyBaseException): string {
  const cls = exception.shape.cls;
  const module = getAttr(cls, "__module__");
  if (module === EXC) rt.exc = null;
  return typeof module === "string" && module !== "builtins" ? `${module}.${cls.qualname}` : cls.qualname;
}

function messageOf(exception: PyBaseException): string {
  const text = str(exception);
  if (text !== EXC) return strToJs(text);
  rt.exc = null;
  return "<exception str() failed>";
}

/** The text of `traceback.format_exception`; undefined when that fails. */
function formatted(exception: PyBaseException): string | undefined {
  const module = importModule("traceback");
  const format = module === EXC ? EXC : getAttr(module, "format_exception");
  const lines = format === EXC ? EXC : call(format, [exception]);
  if (!(lines instanceof PyList)) {
    rt.exc = null;
    return undefined;
  }
  return lines.items
    .map((line) => (typeof line === "string" ? line : String(line)))
    .join("")
    .trimEnd();
}
