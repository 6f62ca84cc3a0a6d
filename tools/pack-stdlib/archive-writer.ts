/** Puts compiled modules and their sources together to the two files of the packed library. */
import { deflateRawSync } from "node:zlib";
import type { CodeSpec } from "../../src/compiler/code.ts";
import { type ArchiveIndex, HEADER_SIZE, MAGIC, VERSION } from "../../src/importlib/packed/format.ts";
import { writeModule } from "./code-writer.ts";

export interface CompiledModule {
  name: string;
  isPackage: boolean;
  code: CodeSpec;
  source: Uint8Array;
}

/** `code` is `stdlib.bin`, `source` is `stdlib-source.bin`. `patterns`: JSON, `PackedPattern[]`. */
export function writeArchive(
  modules: readonly CompiledModule[],
  patterns = "",
): { code: Uint8Array; source: Uint8Array } {
  const index: ArchiveIndex = { modules: [] };
  const blocks: Uint8Array[] = [];
  const sources: Uint8Array[] = [];
  for (const { name, isPackage, code, source } of modules) {
    const block = writeModule(code);
    const packed = deflateRawSync(source, { level: 9 });
    blocks.push(block);
    sources.push(packed);
    index.modules.push([name, isPackage ? 1 : 0, block.length, packed.length, source.length]);
  }
  if (patterns !== "") {
    const block = Buffer.from(patterns);
    blocks.push(block);
    index.patterns = block.length;
  }
  const indexBytes = Buffer.from(JSON.stringify(index));
  const header = Buffer.alloc(HEADER_SIZE);
  header.write(MAGIC, "latin1");
  header[4] = VERSION;
  header.writeUInt32LE(indexBytes.length, 8);
  return { code: Buffer.concat([header, indexBytes, ...blocks]), source: Buffer.concat(sources) };
}
