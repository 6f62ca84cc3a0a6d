/** Reads and writes the Lab's files; what goes wrong is said with the file's name. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { parseJson } from "../../src/lab/documents.ts";
import { LabError } from "../../src/lab/error.ts";

export function readText(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    throw new LabError(`${path} cannot be read: ${reasonOf(error)}`);
  }
}
/** What the file holds, of whatever form. */
export const readJson = (path: string): unknown => parseJson(path, readText(path));

/** Makes the folder when there is none. */
export function writeText(path: string, text: string): void {
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  } catch (error) {
    throw new LabError(`${path} cannot be written: ${reasonOf(error)}`);
  }
}

/** Calls `action` with a folder that is there for as long; `parent`: where it lies. */
export function withFolder<T>(action: (folder: string) => T, parent = tmpdir()): T {
  const folder = mkdtempSync(join(parent, "sidewinder-lab-"));
  try {
    return action(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function reasonOf(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code;
  const reasons: Record<string, string> = {
    ENOENT: "there is no such file or folder",
    EISDIR: "it is a folder",
    EACCES: "permission denied",
    ENOTDIR: "a part of its path is no folder",
    EEXIST: "a part of its path is no folder",
  };
  return reasons[code ?? ""] ?? (error as Error).message;
}
