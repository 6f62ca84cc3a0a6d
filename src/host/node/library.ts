/** The packed standard library in files: each module's block is read when it is imported. */
import { openSync, readSync } from "node:fs";
import { join } from "node:path";
import { lazy } from "./lazy.ts";

const zlib = lazy<typeof import("node:zlib")>("node:zlib");

export interface FileBytes {
  read(offset: number, length: number): Uint8Array;
}

/** Opens the file when first read from; it stays open as long as the process lives. */
class LazyFile implements FileBytes {
  private fd = -1;

  constructor(private readonly path: string) {}

  read(offset: number, length: number): Uint8Array {
    if (this.fd < 0) this.fd = openSync(this.path, "r");
    const bytes = new Uint8Array(length);
    let done = 0;
    while (done < length) {
      const count = readSync(this.fd, bytes, done, length - done, offset + done);
      if (count === 0) throw new Error(`${this.path} ends before byte ${offset + length}`);
      done += count;
    }
    return bytes;
  }
}

export interface LibraryFiles {
  code: FileBytes;
  source: FileBytes;
  inflate: (data: Uint8Array) => Uint8Array;
}

/** `folder` is the package's `dist`. */
export function libraryFiles(folder: string): LibraryFiles {
  return {
    code: new LazyFile(join(folder, "stdlib.bin")),
    source: new LazyFile(join(folder, "stdlib-source.bin")),
    inflate: (data) => zlib().inflateRawSync(data),
  };
}
