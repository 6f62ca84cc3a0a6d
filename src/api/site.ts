/**
 * What `import site` does at the start. Mostly it finds no site-packages, no virtual environment, no sitecustomize, and
 * only adds `exit`, `help` and the like to builtins: then that is done here, without loading `site` and the dozen modules
 * that it imports.
 */
import { type Host, HostError } from "../host/host.ts";
import type { Library } from "../importlib/packed/archive.ts";
import type { FolderReader } from "../importlib/state.ts";
import { EXC, PyObject, type PyType, type Result, type Status, type Value } from "../objects/core.ts";
import { newType, signature, parseArgs } from "../objects/define.ts";
import { raiseArgs } from "../objects/errors.ts";
import { systemExitType } from "../objects/exceptions/types.ts";
import { importModule } from "../objects/import-hook.ts";
import { PyList } from "../objects/list.ts";
import { call, callMethod } from "../objects/protocol/call.ts";
import { getAttr } from "../objects/protocol/object.ts";
import { rt } from "../objects/runtime.ts";
import { strFromJs } from "../objects/str/astral.ts";
import type { Settings } from "./settings.ts";

export interface SiteConfig {
  host: Host;
  settings: Settings;
  executable: string;
  library: Library;
  folder: FolderReader;
}

/** Does the work of `site`, by importing it where it has more to do than usual. */
export function runSite(config: SiteConfig): Status {
  makePathAbsolute(config.host);
  if (siteHasWork(config)) return importModule("site") === EXC ? EXC : null;
  for (const [name, value] of Object.entries(siteBuiltins())) rt.builtins.setStr(name, value);
  return null;
}

/** `sys.path` with absolute entries and without doubles. */
function makePathAbsolute(host: Host): void {
  const path = rt.sysDict.getStr("path");
  if (!(path instanceof PyList)) return;
  const absolute = path.items.map((entry) => {
    if (typeof entry !== "string" || entry.startsWith("/")) return entry;
    return strFromJs(`${host.files.getcwd().replace(/\/$/, "")}/${entry}`.replace(/\/\.?$/, ""));
  });
  path.items.splice(0, path.items.length, ...new Set(absolute));
}

function siteHasWork({ host, settings, executable, library, folder }: SiteConfig): boolean {
  const exists = (path: string): boolean => {
    try {
      host.files.stat(path);
      return true;
    } catch (error) {
      if (error instanceof HostError) return false;
      throw error;
    }
  };
  const home = executable.slice(0, Math.max(0, executable.lastIndexOf("/")));
  if (home !== "" && (exists(`${home}/pyvenv.cfg`) || exists(`${home}/../pyvenv.cfg`))) return true;
  if (!settings.noUserSite && exists(userSite(host))) return true;
  const path = rt.sysDict.getStr("path");
  const customized = (entry: Value): boolean => {
    // The library has no such modules, nor a folder site-packages.
    const stems = typeof entry === "string" && entry !== library.root ? folder(entry) : undefined;
    return stems !== undefined && (stems.has("sitecustomize") || stems.has("usercustomize"));
  };
  return path instanceof PyList && path.items.some(customized);
}

function userSite({ environment }: Host): string {
  const base = environment.get("PYTHONUSERBASE") ?? `${environment.get("HOME") ?? "/nonexistent"}/.local`;
  return `${base}/lib/python3.14/site-packages`;
}

// ── exit, quit, copyright, credits, license, help ──────────────────────────────────────────────────────────
class SiteBuiltin extends PyObject {
  constructor(
    type: PyType,
    readonly name: string,
  ) {
    super(type.shapes);
  }
}

const CODE = signature("(code=None)");

const quitterType = newType("Quitter", {
  module: "_sitebuiltins",
  slots: {
    tp_repr: (self: SiteBuiltin) => `Use ${self.name}() or Ctrl-D (i.e. EOF) to exit`,
    tp_call: (_self: SiteBuiltin, args, kwnames): Result => {
      const given = parseArgs(CODE, "__call__", args, kwnames);
      if (given === EXC) return EXC;
      const stdin = rt.sysDict.getStr("stdin");
      // Shells that catch SystemExit are to see that input is over.
      if (stdin !== undefined && stdin !== null && callMethod(stdin, "close") === EXC) rt.exc = null;
      return raiseArgs(systemExitType, given[0] ?? null);
    },
  },
});

/** The printers and `help` come from the library's own modules when they are used. */
const printerType = newType("_Printer", {
  module: "_sitebuiltins",
  slots: {
    tp_repr: (self: SiteBuiltin) => {
      const printer = libraryPrinter(self.name);
      return printer === EXC ? EXC : callMethod(printer, "__repr__");
    },
    tp_call: (self: SiteBuiltin) => {
      const printer = libraryPrinter(self.name);
      return printer === EXC ? EXC : call(printer);
    },
  },
});
const TEXTS: Readonly<Record<string, string>> = {
  credits:
    "Sidewinder's authors, and Python's: see https://www.python.org for those who made the language and its library.",
  license:
    "Sidewinder is under the MIT licence; the standard library under the PSF licence, https://www.python.org/psf/license/",
};

function libraryPrinter(name: string): Result {
  const module = importModule("_sitebuiltins");
  const cls = module === EXC ? EXC : getAttr(module, "_Printer");
  if (cls === EXC) return EXC;
  const text = name === "copyright" ? (rt.sysDict.getStr("copyright") ?? "") : TEXTS[name];
  return call(cls, [name, text]);
}

const helperType = newType("_Helper", {
  module: "_sitebuiltins",
  slots: {
    tp_repr: () => "Type help() for interactive help, or help(object) for help about object.",
    tp_call: (_self: SiteBuiltin, args, kwnames): Result => {
      const pydoc = importModule("pydoc");
      const help = pydoc === EXC ? EXC : getAttr(pydoc, "help");
      return help === EXC ? EXC : call(help, args, kwnames);
    },
  },
});

function siteBuiltins(): Record<string, Value> {
  return {
    quit: new SiteBuiltin(quitterType, "quit"),
    exit: new SiteBuiltin(quitterType, "exit"),
    copyright: new SiteBuiltin(printerType, "copyright"),
    credits: new SiteBuiltin(printerType, "credits"),
    license: new SiteBuiltin(printerType, "license"),
    help: new SiteBuiltin(helperType, "help"),
  };
}
