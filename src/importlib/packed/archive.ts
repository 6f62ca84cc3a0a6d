/**
 * The packed standard library as one object: which modules there are, their code, their source. Where its bytes come
 * from (a file, a download) is the embedder's business.
 */
import type { CodeSpec } from "../../compiler/code.ts";
import {
  type ArchiveIndex,
  HEADER_SIZE,
  MAGIC,
  type PackedModule,
  type PackedPattern,
  VERSION,
  textKey,
} from "./format.ts";
import { readModule } from "./reader.ts";

/** Random access to a file's bytes. The result may share memory with the source and is never written to. */
export interface ByteSource {
  read(offset: number, length: number): Uint8Array;
}

export interface LibrarySources {
  /** `dist/stdlib.bin`. */
  code: ByteSource;
  /** `dist/stdlib-source.bin`; without it tracebacks of library functions show no lines. */
  source?: ByteSource;
  /** Raw inflate (RFC 1951). */
  inflate?: (data: Uint8Array, size: number) => Uint8Array;
}

/** What the archive's index says. */
interface Contents {
  modules: Map<string, PackedModule>;
  byPath: Map<string, PackedModule>;
  dataStart: number;
  /** Relative to `dataStart`. */
  patternsStart: number;
  patternsLength: number;
  /** After the patterns. */
  textsLength: number;
}

function readContents(code: ByteSource): Contents {
  const header = code.read(0, HEADER_SIZE);
  const magic = String.fromCharCode(...header.subarray(0, 4));
  if (magic !== MAGIC || header[4] !== VERSION) throw new Error("stdlib.bin is not of this version of Sidewinder");
  const length = new DataView(header.buffer, header.byteOffset).getUint32(8, true);
  const index = JSON.parse(new TextDecoder().decode(code.read(HEADER_SIZE, length))) as ArchiveIndex;
  const modules = new Map<string, PackedModule>();
  const byPath = new Map<string, PackedModule>();
  let offset = 0;
  let sourceOffset = 0;
  for (const [name, packageFlag, blockLength, sourceLength, size] of index.modules) {
    const isPackage = packageFlag === 1;
    const path = `${name.replaceAll(".", "/")}${isPackage ? "/__init__" : ""}.py`;
    const module = { path, isPackage, offset, length: blockLength, sourceOffset, sourceLength, size };
    modules.set(name, module);
    byPath.set(path, module);
    offset += blockLength;
    sourceOffset += sourceLength;
  }
  const { patterns: patternsLength = 0, texts: textsLength = 0 } = index;
  return { modules, byPath, dataStart: HEADER_SIZE + length, patternsStart: offset, patternsLength, textsLength };
}

export class Library {
  private contents: Contents | null = null;
  private compiledTexts: ReadonlyMap<string, CodeSpec> | null = null;

  /** `root`: the absolute path at which the library appears, `sys.path`'s entry for it. */
  constructor(
    private readonly sources: LibrarySources,
    readonly root: string,
  ) {}

  /** Read when it is first asked for: a program that imports nothing need not pay for it. */
  private get index(): Contents {
    this.contents ??= readContents(this.sources.code);
    return this.contents;
  }

  get modules(): ReadonlyMap<string, PackedModule> {
    return this.index.modules;
  }

  /** The regular expressions that come compiled. */
  patterns(): readonly PackedPattern[] {
    const { dataStart, patternsStart, patternsLength } = this.index;
    if (patternsLength === 0) return [];
    const bytes = this.sources.code.read(dataStart + patternsStart, patternsLength);
    return JSON.parse(new TextDecoder().decode(bytes)) as PackedPattern[];
  }

  /**
   * What compiling the text gives, for texts that modules of the library give `exec` and `eval` when they are imported;
   * undefined for others, and while no module has been asked for.
   */
  compiledText(mode: string, text: string): CodeSpec | undefined {
    return this.contents === null ? undefined : this.texts.get(textKey(mode, text));
  }
  /** Those texts, by `textKey`. */
  get texts(): ReadonlyMap<string, CodeSpec> {
    this.compiledTexts ??= this.readTexts(this.index);
    return this.compiledTexts;
  }
  private readTexts({ dataStart, patternsStart, patternsLength, textsLength }: Contents): Map<string, CodeSpec> {
    const texts = new Map<string, CodeSpec>();
    if (textsLength === 0) return texts;
    const bytes = this.sources.code.read(dataStart + patternsStart + patternsLength, textsLength);
    const { consts } = readModule(bytes, "<string>");
    for (let i = 0; i < consts.length; i += 2) {
      const [key, code] = [consts[i], consts[i + 1]];
      if (key.t === "str" && code.t === "code") texts.set(key.v, code.v);
    }
    return texts;
  }

  /** The file's absolute path, as `__file__` shows it. */
  filename(module: PackedModule): string {
    return `${this.root}/${module.path}`;
  }

  /** The module whose file has this path below the root. */
  atPath(path: string): PackedModule | undefined {
    return this.index.byPath.get(path);
  }

  /** Paths below the root of all files. */
  paths(): Iterable<string> {
    return this.index.byPath.keys();
  }

  /** `filename`: what tracebacks call the file. */
  code(module: PackedModule, filename: string = this.filename(module)): CodeSpec {
    const bytes = this.sources.code.read(this.index.dataStart + module.offset, module.length);
    return readModule(bytes, filename);
  }

  /** The source as UTF-8; undefined when the sources were not given. */
  source(module: PackedModule): Uint8Array | undefined {
    const { source, inflate } = this.sources;
    if (source === undefined || inflate === undefined) return undefined;
    return inflate(source.read(module.sourceOffset, module.sourceLength), module.size);
  }
}
