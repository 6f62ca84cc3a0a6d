/**
 * The packed standard library as one object: which modules there are, their code, their source. Where its bytes come
 * from (a file, a download) is the embedder's business.
 */
import type { CodeSpec } from "../../compiler/code.ts";
import { type ArchiveIndex, HEADER_SIZE, MAGIC, type PackedModule, type PackedPattern, VERSION } from "./format.ts";
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

export class Library {
  readonly modules = new Map<string, PackedModule>();
  private readonly byPath = new Map<string, PackedModule>();
  private readonly dataStart: number;
  private patternsStart = 0;
  private patternsLength = 0;

  /** `root`: the absolute path at which the library appears, `sys.path`'s entry for it. */
  constructor(
    private readonly sources: LibrarySources,
    readonly root: string,
  ) {
    const header = sources.code.read(0, HEADER_SIZE);
    const magic = String.fromCharCode(...header.subarray(0, 4));
    if (magic !== MAGIC || header[4] !== VERSION) throw new Error("stdlib.bin is not of this version of Sidewinder");
    const length = new DataView(header.buffer, header.byteOffset).getUint32(8, true);
    const text = new TextDecoder().decode(sources.code.read(HEADER_SIZE, length));
    this.dataStart = HEADER_SIZE + length;
    this.readIndex(JSON.parse(text) as ArchiveIndex);
  }

  private readIndex(index: ArchiveIndex): void {
    let offset = 0;
    let sourceOffset = 0;
    for (const [name, packageFlag, length, sourceLength, size] of index.modules) {
      const isPackage = packageFlag === 1;
      const path = `${name.replaceAll(".", "/")}${isPackage ? "/__init__" : ""}.py`;
      const module = { path, isPackage, offset, length, sourceOffset, sourceLength, size };
      this.modules.set(name, module);
      this.byPath.set(path, module);
      offset += length;
      sourceOffset += sourceLength;
    }
    this.patternsStart = offset;
    this.patternsLength = index.patterns ?? 0;
  }

  /** The regular expressions that come compiled. */
  patterns(): readonly PackedPattern[] {
    if (this.patternsLength === 0) return [];
    const bytes = this.sources.code.read(this.dataStart + this.patternsStart, this.patternsLength);
    return JSON.parse(new TextDecoder().decode(bytes)) as PackedPattern[];
  }

  /** The file's absolute path, as `__file__` shows it. */
  filename(module: PackedModule): string {
    return `${this.root}/${module.path}`;
  }

  /** The module whose file has this path below the root. */
  atPath(path: string): PackedModule | undefined {
    return this.byPath.get(path);
  }

  /** Paths below the root of all files. */
  paths(): Iterable<string> {
    return this.byPath.keys();
  }

  /** `filename`: what tracebacks call the file. */
  code(module: PackedModule, filename: string = this.filename(module)): CodeSpec {
    const bytes = this.sources.code.read(this.dataStart + module.offset, module.length);
    return readModule(bytes, filename);
  }

  /** The source as UTF-8; undefined when the sources were not given. */
  source(module: PackedModule): Uint8Array | undefined {
    const { source, inflate } = this.sources;
    if (source === undefined || inflate === undefined) return undefined;
    return inflate(source.read(module.sourceOffset, module.sourceLength), module.size);
  }
}
