/** The package's door: `import { Python } from "sidewinder"`. */
export type { JsValue } from "./convert.ts";
export { PythonError, type PythonFrame } from "./error.ts";
export type { Globals } from "./globals.ts";
export type { Input, Output, PythonOptions } from "./options.ts";
export type { Observed } from "./observed.ts";
export type { Program, ProgramOptions } from "./program.ts";
export { Python } from "./python.ts";
export { PythonObject } from "./python-object.ts";
export type { Settings } from "./settings.ts";
export type { Observe } from "./statistics.ts";
export type { Step } from "./interactive.ts";
export type { LinesDocument } from "../stats/lines.ts";
export type { Statistics } from "../stats/document.ts";
export type { TracesDocument } from "../events/traces.ts";
export type { LibrarySources } from "../importlib/packed/archive.ts";
export type { Clock, Entropy, FileSystem, Host, OpenFile } from "../host/host.ts";
export { MemoryFiles } from "../host/memory/files.ts";
