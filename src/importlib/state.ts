/** What the import system of one interpreter knows: the packed library, native modules, CPython's own importlib. */
import type { Value } from "../objects/core.ts";
import type { ModuleSpec } from "../objects/define.ts";
import type { PyModule } from "../objects/module.ts";
import { rt } from "../objects/runtime.ts";
import type { Library } from "./packed/archive.ts";

/** The names in a folder, up to their first dot each; undefined when it is no folder, or there is none. */
export type FolderReader = (path: string) => ReadonlySet<string> | undefined;

export interface ImportConfig {
  /** For `-X importtime`; null without it. */
  importTime: ImportTimer | null;
  library: Library;
  /** Native modules by name: what `sys.builtin_module_names` lists. */
  natives: ReadonlyMap<string, () => ModuleSpec>;
  /** What is done with modules of the library, by name, after they have run. */
  loaded: ReadonlyMap<string, (module: PyModule, library: Library) => void>;
  /** Looks into folders of `sys.path` other than the library's. */
  folder: FolderReader;
}

export interface ImportState extends ImportConfig {
  /** `_frozen_importlib` and `_frozen_importlib_external` once they run, null before. */
  bootstrap: PyModule | null;
  external: PyModule | null;
  /** Whether importlib runs yet: it is brought up by the first import of the program (`install.ts`). */
  phase: "absent" | "installing" | "installed";
  /** The program's file, whose loader `__main__` gets when importlib comes up; null for other programs. */
  mainFile: string | null;
  /** `sys.meta_path` as it was set up; with any other contents imports go CPython's long way. */
  finders: readonly Value[];
  /** `_imp.acquire_lock`'s depth. */
  lockDepth: number;
}

/** Called around each import that loads something. */
export interface ImportTimer {
  begin(): void;
  end(name: string): void;
  /** The import failed. */
  abandon(): void;
}

const KEY = {};

/** Gives the running interpreter its import system; before anything is imported. */
export function configureImports(config: ImportConfig): void {
  rt.state(KEY, () => ({
    ...config,
    bootstrap: null,
    external: null,
    phase: "absent",
    mainFile: null,
    finders: [],
    lockDepth: 0,
  }));
}

export function importState(): ImportState {
  return rt.state<ImportState>(KEY, () => {
    throw new Error("the import system is not configured");
  });
}
