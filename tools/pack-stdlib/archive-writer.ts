/** Puts compiled modules and their sources together to the two files of the packed library. */
import { deflateRawSync } from "node:zlib";
import type { CodeConst, CodeSpec } from "../../src/compiler/code.ts";
import type { SourceMode } from "../../src/builtins/compiler.ts";
import {
  type ArchiveIndex,
  HEADER_SIZE,
  MAGIC,
  type PackedPattern,
  VERSION,
  textKey,
} from "../../src/importlib/packed/format.ts";
import { writeModule } from "./code-writer.ts";

export interface CompiledModule {
  name: string;
  isPackage: boolean;
  code: CodeSpec;
  source: Uint8Array;
}

/** What comes compiled besides the modules. */
export interface Extras {
  patterns: readonly PackedPattern[];
  texts: readonly CompiledText[];
}
export interface CompiledText {
  mode: SourceMode;
  text: string;
  code: CodeSpec;
}

/** `code` is `stdlib.bin`, `source` is `stdlib-source.bin`. */
export function writeArchive(
  modules: readonly CompiledModule[],
  { patterns, texts }: Extras = { patterns: [], texts: [] },
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
  if (patterns.length > 0) {
    const block = Buffer.from(JSON.stringify(patterns));
    blocks.push(block);
    index.patterns = block.length;
  }
  if (texts.length > 0) {
    const block = writeModule(holderOf(texts));
    blocks.push(block);
    index.texts = block.length;
  }
  const indexBytes = Buffer.from(JSON.stringify(index));
  const header = Buffer.alloc(HEADER_SIZE);
  header.write(MAGIC, "latin1");
  header[4] = VERSION;
  header.writeUInt32LE(indexBytes.length, 8);
  return { code: Buffer.concat([header, indexBytes, ...blocks]), source: Buffer.concat(sources) };
}

/** A code object whose constants are the texts and their code. */
function holderOf(texts: readonly CompiledText[]): CodeSpec {
  return {
    ...texts[0].code,
    consts: texts.flatMap(({ mode, text, code }): CodeConst[] => [
      { t: "str", v: textKey(mode, text) },
      { t: "code", v: code },
    ]),
  };
}
