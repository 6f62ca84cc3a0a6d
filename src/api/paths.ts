/** Paths of the program, by the host's file system: no Python module needs to be loaded to find them. */
import { HostError } from "../host/host.ts";
import { host } from "../modules/support/host.ts";

const MAX_LINKS = 40;

export function currentFolder(): string {
  try {
    return host().files.getcwd();
  } catch (error) {
    if (error instanceof HostError) return "";
    throw error;
  }
}

/** `os.path.abspath`, without the resolving of `..`: what messages show. */
export function absolutePath(path: string): string {
  if (path.startsWith("/")) return path;
  const folder = currentFolder();
  return folder === "" ? path : `${folder.replace(/\/$/, "")}/${path}`;
}

/** The path without symbolic links; as it is where links go round or nothing is there. */
export function realPath(path: string): string {
  let parts: string[] = [];
  let rest = absolutePath(path).split("/").reverse();
  for (let links = 0; rest.length > 0; ) {
    const part = rest.pop() as string;
    if (part === "" || part === ".") continue;
    if (part === "..") {
      parts.pop();
      continue;
    }
    const target = readLink(`/${[...parts, part].join("/")}`);
    if (target === null) {
      parts.push(part);
      continue;
    }
    if (++links > MAX_LINKS) return path;
    if (target.startsWith("/")) parts = [];
    rest = [...rest, ...target.split("/").reverse()];
  }
  return `/${parts.join("/")}`;
}

function readLink(path: string): string | null {
  try {
    return host().files.readlink(path);
  } catch (error) {
    if (error instanceof HostError) return null;
    throw error;
  }
}
