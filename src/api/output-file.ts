/** A file that an option names, on the host; opened before the program runs, so that a wrong name is told then. */
import { messageOf } from "../host/errno.ts";
import { type FileSystem, HostError, O_CREAT, O_TRUNC, O_WRONLY, type OpenFile } from "../host/host.ts";
import { JitOptionError } from "./jit-options.ts";

export function openFile(files: FileSystem, option: string, path: string): OpenFile {
  return named(option, path, () => files.open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o666));
}
/** Makes the folder unless it is there. */
export function openFolder(files: FileSystem, option: string, path: string): void {
  named(option, path, () => {
    try {
      files.mkdir(path, 0o777);
    } catch {
      // It may be there already.
      files.readdir(path);
    }
  });
}
export function writeAll(file: OpenFile, text: string): void {
  const data = new TextEncoder().encode(text);
  for (let at = 0; at < data.length; ) at += file.write(data.subarray(at));
}

function named<T>(option: string, path: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    if (error instanceof HostError) throw new JitOptionError(`-X ${option}: ${path}: ${messageOf(error.errno)}`);
    throw error;
  }
}
