/** Reads and writes the Lab's files; what goes wrong is said with the file's name. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { type Shape, missingIn } from "../../src/events/shape.ts";
import { LabError } from "./command.ts";

export function readText(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    throw new LabError(`${path} cannot be read: ${reasonOf(error)}`);
  }
}
/** What the file holds, of whatever form. */
export function readAnyJson(path: string): unknown {
  const text = readText(path);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new LabError(`${path} is no JSON: ${(error as Error).message}`);
  }
}

/**
 * What the Lab's JSON files begin with: which kind of file it is, and the version of its form. Other kinds, other
 * versions and files that are none of ours are told apart before anything is read from them.
 */
export interface Header {
  kind: string;
  version: number;
}

export function readJson<T extends Header>(path: string, kind: string, version: number, shape: Shape): T {
  return checked(readAnyJson(path), path, kind, version, shape);
}
/** `file`: what came from `path`. */
export function checked<T extends Header>(file: unknown, path: string, kind: string, version: number, shape: Shape): T {
  const value = file as Partial<Header> | null;
  if (typeof value !== "object" || value === null || typeof value.kind !== "string") {
    throw new LabError(`${path} is JSON, but no file of Sidewinder Lab`);
  }
  if (value.kind !== kind) throw new LabError(`${path} holds ${value.kind}; here ${kind} is needed`);
  if (value.version !== version) {
    throw new LabError(`${path} has version ${value.version} of ${kind}; this Lab reads version ${version}`);
  }
  const missing = missingIn(value, shape);
  if (missing !== null) throw new LabError(`${path} is not complete: ${missing} is missing, or is something else`);
  return value as T;
}

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
