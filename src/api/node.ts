/** The package's door on Node: the library is the package's own when the options do not say. */
import { libraryFiles } from "../host/node/library.ts";
import type { PythonOptions } from "./options.ts";
import { Python as BasePython } from "./python.ts";

export * from "./index.ts";
export { nodeHost } from "../host/node/host.ts";

/** The folder this file is bundled into: `dist`, where the packed library lies. */
const dist = (): string => decodeURIComponent(new URL(".", import.meta.url).pathname);

export class Python extends BasePython {
  constructor(options: PythonOptions = {}) {
    super(options, () => libraryFiles(dist()));
  }
}
