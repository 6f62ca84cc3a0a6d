/** A file system in memory: for sandboxes, browsers and tests. */
import { errnoOf } from "../errno.ts";
import {
  type DirEntry,
  type FileSystem,
  HostError,
  O_ACCMODE,
  O_APPEND,
  O_CREAT,
  O_DIRECTORY,
  O_EXCL,
  O_NOFOLLOW,
  O_RDONLY,
  O_TRUNC,
  O_WRONLY,
  type OpenFile,
  SEEK_CUR,
  SEEK_END,
  type Stat,
} from "../host.ts";

const S_IFDIR = 0o040000;
const S_IFREG = 0o100000;
const S_IFLNK = 0o120000;
const MAX_LINKS = 40;

interface Meta {
  ino: number;
  mode: number;
  nlink: number;
  uid: number;
  gid: number;
  atimeNs: bigint;
  mtimeNs: bigint;
  ctimeNs: bigint;
}
interface FileNode extends Meta {
  kind: "file";
  data: Uint8Array;
  size: number;
}
interface DirectoryNode extends Meta {
  kind: "directory";
  entries: Map<string, Node>;
  parent: DirectoryNode;
}
interface LinkNode extends Meta {
  kind: "symlink";
  target: string;
}
type Node = FileNode | DirectoryNode | LinkNode;

const fail = (name: string): never => {
  throw new HostError(errnoOf(name));
};

export class MemoryFiles implements FileSystem {
  private readonly root: DirectoryNode;
  private cwd = "/";
  private nextInode = 2;

  constructor(
    /** Nanoseconds since the epoch, for the times of files. */
    private readonly now: () => bigint = () => BigInt(Date.now()) * 1_000_000n,
  ) {
    this.root = this.directory(0o755);
    this.root.parent = this.root;
  }

  // ── for embedders ──
  /** Writes a whole file, making the directories above it. */
  writeFile(path: string, content: string | Uint8Array): void {
    this.makeDirectories(path.slice(0, path.lastIndexOf("/")));
    const file = this.open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o644);
    file.write(typeof content === "string" ? encode(content) : content);
  }
  readFile(path: string): Uint8Array {
    const node = this.resolve(path);
    if (node.kind !== "file") return fail("EISDIR");
    return node.data.slice(0, node.size);
  }
  makeDirectories(path: string): void {
    let at = path.startsWith("/") ? "" : ".";
    for (const part of path.split("/")) {
      if (part === "") continue;
      at += `/${part}`;
      if (this.lookup(at) === undefined) this.mkdir(at, 0o777);
    }
  }

  // ── nodes ──
  private meta(mode: number): Meta {
    const now = this.now();
    return { ino: this.nextInode++, mode, nlink: 1, uid: 1000, gid: 1000, atimeNs: now, mtimeNs: now, ctimeNs: now };
  }
  private directory(mode: number): DirectoryNode {
    const node = { ...this.meta(S_IFDIR | mode), kind: "directory", entries: new Map() } as unknown as DirectoryNode;
    node.nlink = 2;
    return node;
  }

  /** Directory and last name of a path; links in the directory part are followed. */
  private locate(path: string, depth = 0): { parent: DirectoryNode; name: string } {
    if (path === "") return fail("ENOENT");
    const absolute = path.startsWith("/") ? path : `${this.cwd}/${path}`;
    const parts = absolute.split("/").filter((part) => part !== "" && part !== ".");
    const name = parts.pop() ?? "";
    let at: DirectoryNode = this.root;
    for (const part of parts) {
      if (part === "..") {
        at = at.parent;
        continue;
      }
      const next = this.follow(at, at.entries.get(part), depth);
      if (next === undefined) return fail("ENOENT");
      if (next.kind !== "directory") return fail("ENOTDIR");
      at = next;
    }
    return { parent: at, name };
  }
  /** What a link in `directory` leads to. */
  private follow(directory: DirectoryNode, node: Node | undefined, depth: number): Node | undefined {
    if (node === undefined || node.kind !== "symlink") return node;
    if (depth >= MAX_LINKS) return fail("ELOOP");
    const target = node.target.startsWith("/") ? node.target : `${this.pathOf(directory)}/${node.target}`;
    return this.find(target, true, depth + 1);
  }
  private pathOf(directory: DirectoryNode): string {
    if (directory === this.root) return "";
    for (const [name, node] of directory.parent.entries)
      if (node === directory) return `${this.pathOf(directory.parent)}/${name}`;
    return "";
  }
  private find(path: string, followLinks: boolean, depth = 0): Node | undefined {
    const { parent, name } = this.locate(path, depth);
    if (name === "") return parent;
    if (name === "..") return parent.parent;
    const node = parent.entries.get(name);
    if (path.endsWith("/") && node !== undefined) {
      const target = this.follow(parent, node, depth);
      if (target !== undefined && target.kind !== "directory") return fail("ENOTDIR");
      return target;
    }
    return followLinks ? this.follow(parent, node, depth) : node;
  }
  private lookup(path: string): Node | undefined {
    return this.find(path, true);
  }
  private resolve(path: string, followLinks = true): Node {
    return this.find(path, followLinks) ?? fail("ENOENT");
  }
  /** A place for a new entry; EEXIST when there is something. */
  private freePlace(path: string): { parent: DirectoryNode; name: string } {
    const place = this.locate(path);
    if (place.name === "" || place.name === ".." || place.parent.entries.has(place.name)) return fail("EEXIST");
    return place;
  }
  private enter(parent: DirectoryNode, name: string, node: Node): void {
    parent.entries.set(name, node);
    parent.mtimeNs = this.now();
    if (node.kind === "directory") {
      node.parent = parent;
      parent.nlink++;
    }
  }
  private leave(parent: DirectoryNode, name: string, node: Node): void {
    parent.entries.delete(name);
    parent.mtimeNs = this.now();
    node.nlink--;
    if (node.kind === "directory") parent.nlink--;
  }

  // ── FileSystem ──
  open(path: string, flags: number, mode: number): OpenFile {
    let node = this.find(path, (flags & O_NOFOLLOW) === 0);
    if (node === undefined) {
      if ((flags & O_CREAT) === 0) return fail("ENOENT");
      if (path.endsWith("/")) return fail("EISDIR");
      const { parent, name } = this.locate(this.throughLink(path));
      node = { ...this.meta(S_IFREG | (mode & 0o777 & ~0o022)), kind: "file", data: new Uint8Array(0), size: 0 };
      this.enter(parent, name, node);
    } else if ((flags & (O_CREAT | O_EXCL)) === (O_CREAT | O_EXCL)) return fail("EEXIST");
    if (node.kind === "symlink") return fail("ELOOP");
    if (node.kind === "directory") {
      if ((flags & O_ACCMODE) !== O_RDONLY) return fail("EISDIR");
      return this.openDirectory(node, flags, path);
    }
    if (flags & O_DIRECTORY) return fail("ENOTDIR");
    if (flags & O_TRUNC) resizeFile(node, 0, this.now());
    return new MemoryFile(node, flags, this.now);
  }
  /** The path that a dangling link names, for creation through it. */
  private throughLink(path: string): string {
    const { parent, name } = this.locate(path);
    const node = parent.entries.get(name);
    if (node?.kind !== "symlink") return path;
    return node.target.startsWith("/") ? node.target : `${this.pathOf(parent)}/${node.target}`;
  }
  private openDirectory(node: DirectoryNode, flags: number, path: string): OpenFile {
    const isDirectory = (): never => fail("EISDIR");
    return {
      flags,
      path,
      isTerminal: false,
      read: isDirectory,
      write: () => fail("EBADF"),
      stat: () => statOf(node),
      close: () => {},
    };
  }
  stat(path: string): Stat {
    return statOf(this.resolve(path));
  }
  lstat(path: string): Stat {
    return statOf(this.resolve(path, false));
  }
  readdir(path: string): DirEntry[] {
    const node = this.resolve(path);
    if (node.kind !== "directory") return fail("ENOTDIR");
    return [...node.entries].map(([name, entry]) => ({ name, ino: entry.ino, kind: entry.kind }));
  }
  mkdir(path: string, mode: number): void {
    const { parent, name } = this.freePlace(path.replace(/\/+$/, "") || "/");
    const node = this.directory(mode & 0o777 & ~0o022);
    this.enter(parent, name, node);
  }
  rmdir(path: string): void {
    const { parent, name } = this.locate(path);
    const node = parent.entries.get(name) ?? fail(name === "" ? "EBUSY" : "ENOENT");
    if (node.kind !== "directory") return fail("ENOTDIR");
    if (node.entries.size > 0) return fail("ENOTEMPTY");
    this.leave(parent, name, node);
  }
  unlink(path: string): void {
    const { parent, name } = this.locate(path);
    const node = parent.entries.get(name) ?? fail(name === "" || name === ".." ? "EISDIR" : "ENOENT");
    if (node.kind === "directory") return fail("EISDIR");
    this.leave(parent, name, node);
  }
  rename(from: string, to: string): void {
    const source = this.locate(from);
    const node = source.parent.entries.get(source.name) ?? fail("ENOENT");
    const target = this.locate(to);
    const existing = target.parent.entries.get(target.name);
    if (existing === node) return;
    if (existing !== undefined) {
      if (existing.kind === "directory") {
        if (node.kind !== "directory") return fail("EISDIR");
        if (existing.entries.size > 0) return fail("ENOTEMPTY");
      } else if (node.kind === "directory") return fail("ENOTDIR");
      this.leave(target.parent, target.name, existing);
    }
    for (let at = target.parent; at !== this.root; at = at.parent) if (at === (node as Node)) return fail("EINVAL");
    this.leave(source.parent, source.name, node);
    node.nlink++;
    this.enter(target.parent, target.name, node);
  }
  link(from: string, to: string): void {
    const node = this.resolve(from, false);
    if (node.kind === "directory") return fail("EPERM");
    const { parent, name } = this.freePlace(to);
    node.nlink++;
    this.enter(parent, name, node);
  }
  symlink(target: string, path: string): void {
    const { parent, name } = this.freePlace(path);
    this.enter(parent, name, { ...this.meta(S_IFLNK | 0o777), kind: "symlink", target });
  }
  readlink(path: string): string {
    const node = this.resolve(path, false);
    return node.kind === "symlink" ? node.target : fail("EINVAL");
  }
  chmod(path: string, mode: number): void {
    setMode(this.resolve(path), mode, this.now());
  }
  chown(path: string, uid: number, gid: number, followLinks: boolean): void {
    setOwner(this.resolve(path, followLinks), uid, gid, this.now());
  }
  utimes(path: string, atimeNs: bigint, mtimeNs: bigint, followLinks: boolean): void {
    Object.assign(this.resolve(path, followLinks), { atimeNs, mtimeNs, ctimeNs: this.now() });
  }
  truncate(path: string, length: number): void {
    const node = this.resolve(path);
    if (node.kind !== "file") return fail("EISDIR");
    resizeFile(node, length, this.now());
  }
  access(path: string, mode: number): void {
    const node = this.resolve(path);
    if ((mode & 1) !== 0 && node.kind === "file" && (node.mode & 0o111) === 0) fail("EACCES");
    if ((mode & 2) !== 0 && (node.mode & 0o222) === 0) fail("EACCES");
    if ((mode & 4) !== 0 && (node.mode & 0o444) === 0) fail("EACCES");
  }
  getcwd(): string {
    return this.cwd;
  }
  chdir(path: string): void {
    const node = this.resolve(path);
    if (node.kind !== "directory") return fail("ENOTDIR");
    this.cwd = this.pathOf(node) || "/";
  }
}

function statOf(node: Node): Stat {
  const size = node.kind === "file" ? node.size : node.kind === "symlink" ? encode(node.target).length : 4096;
  return {
    mode: node.mode,
    ino: node.ino,
    dev: 1,
    nlink: node.nlink,
    uid: node.uid,
    gid: node.gid,
    size,
    atimeNs: node.atimeNs,
    mtimeNs: node.mtimeNs,
    ctimeNs: node.ctimeNs,
    rdev: 0,
    blksize: 4096,
    blocks: Math.ceil(size / 512),
  };
}
function setMode(node: Node, mode: number, now: bigint): void {
  node.mode = (node.mode & 0o170000) | (mode & 0o7777);
  node.ctimeNs = now;
}
function setOwner(node: Node, uid: number, gid: number, now: bigint): void {
  if (uid >= 0 && uid !== 0xffffffff) node.uid = uid;
  if (gid >= 0 && gid !== 0xffffffff) node.gid = gid;
  node.ctimeNs = now;
}
function resizeFile(node: FileNode, size: number, now: bigint): void {
  if (size < 0) fail("EINVAL");
  reserve(node, size);
  if (size > node.size) node.data.fill(0, node.size, size);
  node.size = size;
  node.mtimeNs = now;
}
function reserve(node: FileNode, size: number): void {
  if (size <= node.data.length) return;
  const grown = new Uint8Array(Math.max(size, node.data.length * 2, 64));
  grown.set(node.data.subarray(0, node.size));
  node.data = grown;
}
/** UTF-8, with escaped bytes as themselves. */
function encode(text: string): Uint8Array {
  const bytes: number[] = [];
  for (const char of text) {
    const c = char.codePointAt(0) as number;
    if (c < 0x80) bytes.push(c);
    else if (c < 0x800) bytes.push(0xc0 | (c >> 6), 0x80 | (c & 63));
    else if (c >= 0xdc80 && c <= 0xdcff) bytes.push(c - 0xdc00);
    else if (c < 0x10000) bytes.push(0xe0 | (c >> 12), 0x80 | ((c >> 6) & 63), 0x80 | (c & 63));
    else bytes.push(0xf0 | (c >> 18), 0x80 | ((c >> 12) & 63), 0x80 | ((c >> 6) & 63), 0x80 | (c & 63));
  }
  return Uint8Array.from(bytes);
}

class MemoryFile implements OpenFile {
  private position = 0;
  readonly isTerminal = false;
  constructor(
    private readonly node: FileNode,
    readonly flags: number,
    private readonly now: () => bigint,
  ) {}

  read(buffer: Uint8Array): number {
    const count = this.readAt(buffer, this.position);
    this.position += count;
    return count;
  }
  readAt(buffer: Uint8Array, position: number): number {
    if ((this.flags & O_ACCMODE) === O_WRONLY) fail("EBADF");
    const count = Math.max(0, Math.min(buffer.length, this.node.size - position));
    buffer.set(this.node.data.subarray(position, position + count));
    return count;
  }
  write(data: Uint8Array): number {
    if (this.flags & O_APPEND) this.position = this.node.size;
    const count = this.writeAt(data, this.position);
    this.position += count;
    return count;
  }
  writeAt(data: Uint8Array, position: number): number {
    if ((this.flags & O_ACCMODE) === O_RDONLY) fail("EBADF");
    const end = position + data.length;
    if (data.length > 0 && end > this.node.size) resizeFile(this.node, end, this.now());
    this.node.data.set(data, position);
    this.node.mtimeNs = this.now();
    return data.length;
  }
  seek(offset: number, whence: number): number {
    const base = whence === SEEK_CUR ? this.position : whence === SEEK_END ? this.node.size : 0;
    if (base + offset < 0 || whence > 2 || whence < 0) fail("EINVAL");
    this.position = base + offset;
    return this.position;
  }
  truncate(length: number): void {
    if ((this.flags & O_ACCMODE) === O_RDONLY) fail("EINVAL");
    resizeFile(this.node, length, this.now());
  }
  stat(): Stat {
    return statOf(this.node);
  }
  sync(): void {}
  chmod(mode: number): void {
    setMode(this.node, mode, this.now());
  }
  chown(uid: number, gid: number): void {
    setOwner(this.node, uid, gid, this.now());
  }
  utimes(atimeNs: bigint, mtimeNs: bigint): void {
    Object.assign(this.node, { atimeNs, mtimeNs, ctimeNs: this.now() });
  }
  close(): void {}
}
