/**
 * A file system in which the packed library appears as a read-only folder, over another one that has all the rest. So
 * `open(os.__file__)`, `inspect`, `linecache`, `pkgutil` and `importlib.resources` find what they find in CPython.
 */
import { emptyStat } from "../host/blank.ts";
import { errnoOf } from "../host/errno.ts";
import {
  type DirEntry,
  type FileSystem,
  HostError,
  O_ACCMODE,
  O_CREAT,
  O_DIRECTORY,
  O_RDONLY,
  O_TRUNC,
  type OpenFile,
  SEEK_CUR,
  SEEK_END,
  type Stat,
} from "../host/host.ts";
import type { Library } from "./packed/archive.ts";
import type { PackedModule } from "./packed/format.ts";

const S_IFDIR = 0o040555;
const S_IFREG = 0o100444;

/** What is at a path of the library: a module's file, or a folder with its entries. */
type Found =
  | { kind: "file"; module: PackedModule; path: string }
  | { kind: "folder"; entries: Map<string, "file" | "directory"> };

class LibraryTree {
  /** Path below the root, "" for itself → entries. */
  private folders: Map<string, Map<string, "file" | "directory">> | null = null;

  constructor(private readonly library: Library) {}

  /** Undefined when `path` is not the library's; "missing" when it is, and there is nothing. */
  find(path: string): Found | "missing" | undefined {
    const { root } = this.library;
    const plain = normalise(path);
    if (plain !== root && !plain.startsWith(`${root}/`))
      return isAncestor(plain, root) ? this.ancestor(plain) : undefined;
    const below = plain.slice(root.length + 1);
    const module = this.library.atPath(below);
    if (module !== undefined) return { kind: "file", module, path: below };
    const entries = this.folder(below);
    return entries === undefined ? "missing" : { kind: "folder", entries };
  }

  /** A folder above the root, which the other file system may not have. */
  private ancestor(path: string): Found {
    const { root } = this.library;
    const rest = root.slice(path.length).replace(/^\//, "");
    return { kind: "folder", entries: new Map([[rest.split("/")[0], "directory"]]) };
  }

  private folder(below: string): Map<string, "file" | "directory"> | undefined {
    this.folders ??= this.makeFolders();
    return this.folders.get(below);
  }

  private makeFolders(): Map<string, Map<string, "file" | "directory">> {
    const folders = new Map<string, Map<string, "file" | "directory">>([["", new Map()]]);
    const entriesOf = (folder: string): Map<string, "file" | "directory"> => {
      let entries = folders.get(folder);
      if (entries === undefined) {
        entries = new Map();
        folders.set(folder, entries);
        const slash = folder.lastIndexOf("/");
        entriesOf(slash < 0 ? "" : folder.slice(0, slash)).set(folder.slice(slash + 1), "directory");
      }
      return entries;
    };
    for (const path of this.library.paths()) {
      const slash = path.lastIndexOf("/");
      entriesOf(slash < 0 ? "" : path.slice(0, slash)).set(path.slice(slash + 1), "file");
    }
    return folders;
  }
}

function isAncestor(path: string, root: string): boolean {
  return path === "/" ? false : root.startsWith(`${path}/`);
}

/** An absolute path without `.`, `..` and doubled slashes. */
function normalise(path: string): string {
  if (!/\/(\.{0,2}\/|\.{0,2}$)/.test(path)) return path;
  const parts: string[] = [];
  for (const part of path.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "" && part !== ".") parts.push(part);
  }
  return `/${parts.join("/")}`;
}

const fail = (name: string): never => {
  throw new HostError(errnoOf(name));
};

class LibraryFile implements OpenFile {
  readonly isTerminal = false;
  private position = 0;

  constructor(
    readonly flags: number,
    private readonly data: Uint8Array,
    private readonly info: Stat,
    readonly path?: string,
  ) {}

  read(buffer: Uint8Array): number {
    const count = this.readAt(buffer, this.position);
    this.position += count;
    return count;
  }
  readAt(buffer: Uint8Array, position: number): number {
    if (this.path !== undefined) return fail("EISDIR");
    const part = this.data.subarray(position, position + buffer.length);
    buffer.set(part);
    return part.length;
  }
  write(): number {
    return fail("EBADF");
  }
  seek(offset: number, whence: number): number {
    const base = whence === SEEK_CUR ? this.position : whence === SEEK_END ? this.data.length : 0;
    if (base + offset < 0) return fail("EINVAL");
    this.position = base + offset;
    return this.position;
  }
  stat(): Stat {
    return this.info;
  }
  close(): void {}
}

function statOf(found: Found, number: number): Stat {
  const isFile = found.kind === "file";
  return { ...emptyStat(isFile ? S_IFREG : S_IFDIR, isFile ? found.module.size : 4096), ino: number };
}

/** `base` with the library in it. */
export function withLibrary(base: FileSystem, library: Library): FileSystem {
  const tree = new LibraryTree(library);

  /** What the library has at `path`; undefined where `base` is to be asked. */
  const lookUp = (path: string): Found | undefined => {
    const found = tree.find(path);
    if (found === "missing") return fail("ENOENT");
    if (found?.kind === "folder" && !normalise(path).startsWith(library.root) && exists(path)) return undefined;
    return found;
  };
  const exists = (path: string): boolean => {
    try {
      base.stat(path);
      return true;
    } catch {
      return false;
    }
  };
  const statIt = (path: string, ask: (path: string) => Stat): Stat => {
    const found = lookUp(path);
    return found === undefined ? ask(path) : statOf(found, found.kind === "file" ? found.module.offset + 16 : 8);
  };
  /** Changes go to `base`, except inside the library. */
  const guard = <A extends unknown[], R>(path: string, change: (...args: A) => R, ...args: A): R =>
    lookUpOrMissing(path) === undefined ? change.apply(base, args) : fail("EROFS");
  /** As `guard`, for what must be there to be changed: what is not in the library is missing, not protected. */
  const guardExisting = <A extends unknown[], R>(path: string, change: (...args: A) => R, ...args: A): R =>
    lookUpOrMissing(path) === "missing" ? fail("ENOENT") : guard(path, change, ...args);
  const lookUpOrMissing = (path: string): Found | "missing" | undefined => {
    const found = tree.find(path);
    return typeof found === "object" && found.kind === "folder" && !normalise(path).startsWith(library.root)
      ? undefined
      : found;
  };

  return {
    open(path, flags, mode) {
      const found = lookUp(path);
      if (found === undefined) return base.open(path, flags, mode);
      if ((flags & O_ACCMODE) !== O_RDONLY || (flags & (O_CREAT | O_TRUNC)) !== 0) return fail("EROFS");
      const info = statOf(found, found.kind === "file" ? found.module.offset + 16 : 8);
      if (found.kind === "folder") return new LibraryFile(flags, new Uint8Array(), info, path);
      if ((flags & O_DIRECTORY) !== 0) return fail("ENOTDIR");
      return new LibraryFile(flags, library.source(found.module) ?? fail("ENOENT"), info);
    },
    stat: (path) => statIt(path, (p) => base.stat(p)),
    lstat: (path) => statIt(path, (p) => base.lstat(p)),
    readdir(path): DirEntry[] {
      const found = lookUp(path);
      if (found === undefined) return base.readdir(path);
      if (found.kind === "file") return fail("ENOTDIR");
      return [...found.entries].map(([name, kind], i) => ({ name, kind, ino: i + 1 }));
    },
    access(path, mode) {
      const found = lookUp(path);
      if (found === undefined) base.access(path, mode);
      else if ((mode & 2) !== 0) fail("EROFS");
    },
    readlink: (path) => (lookUp(path) === undefined ? base.readlink(path) : fail("EINVAL")),
    mkdir: (path, mode) => guard(path, base.mkdir, path, mode),
    rmdir: (path) => guardExisting(path, base.rmdir, path),
    unlink: (path) => guardExisting(path, base.unlink, path),
    rename: (from, to) => guardExisting(from, () => guard(to, base.rename, from, to)),
    link: (from, to) => guardExisting(from, () => guard(to, base.link, from, to)),
    symlink: (target, path) => guard(path, base.symlink, target, path),
    chmod: (path, mode) => guardExisting(path, base.chmod, path, mode),
    chown: (path, uid, gid, follow) => guardExisting(path, base.chown, path, uid, gid, follow),
    utimes: (path, atime, mtime, follow) => guardExisting(path, base.utimes, path, atime, mtime, follow),
    truncate: (path, length) => guardExisting(path, base.truncate, path, length),
    getcwd: () => base.getcwd(),
    chdir: (path) => base.chdir(path),
    statvfs: base.statvfs?.bind(base),
  };
}
