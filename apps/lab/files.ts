/** Reads and writes the Lab's files; what goes wrong is said with the file's name. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { LabError } from "./command.ts";

export function readText(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    throw new LabError(`${path} cannot be read: ${reasonOf(error)}`);
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

export function readJson<T extends Header>(path: string, kind: string, version: number): T {
  const text = readText(path);
  let value: Partial<Header> | null;
  try {
    value = JSON.parse(text) as Partial<Header> | null;
  } catch (error) {
    throw new LabError(`${path} is no JSON: ${(error as Error).message}`);
  }
  if (typeof value !== "object" || value === null || typeof value.kind !== "string") {
    throw new LabError(`${path} is JSON, but no file of Sidewinder Lab`);
  }
  if (value.kind !== kind) throw new LabError(`${path} holds ${value.kind}; here ${kind} is needed`);
  if (value.version !== version) {
    throw new LabError(`${path} has version ${value.version} of ${kind}; this Lab reads version ${version}`);
  }
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
