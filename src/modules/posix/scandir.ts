/** `os.scandir`: directory entries with what the directory already tells of them. */
import {
  DISALLOW_INSTANTIATION,
  END,
  type End,
  EXC,
  type Exc,
  PyObject,
  type PyType,
  type Result,
  type Value,
} from "../../objects/core.ts";
import { type DirEntry, HostError } from "../../host/host.ts";
import { errnoOf } from "../../host/errno.ts";
import { fn, method, newType } from "../../objects/define.ts";
import { classMethod, rawMethod } from "../../objects/native.ts";
import { newGenericAlias } from "../../objects/generic-alias.ts";
import { concat } from "../../objects/message.ts";
import { canonical } from "../../objects/numeric/int-math.ts";
import { repr } from "../../objects/protocol/object.ts";
import { nameFor } from "../support/fs-path.ts";
import { host, hosted } from "../support/host.ts";
import { flagArg } from "./arguments.ts";
import { directoryArg } from "./paths.ts";
import { statOf } from "./results.ts";

const S_IFMT = 0o170000;
const KINDS = { file: 0o100000, directory: 0o040000, symlink: 0o120000 } as const;
type Kind = keyof typeof KINDS;

class PyDirEntry extends PyObject {
  private stat: Value | undefined = undefined;
  private lstat: Value | undefined = undefined;
  constructor(
    readonly name: Value,
    readonly path: Value,
    /** For the host. */
    private readonly where: string,
    private readonly entry: DirEntry,
  ) {
    super(dirEntryType.shapes);
  }
  get inode(): Value | Exc {
    const { ino } = this.entry;
    if (ino !== 0) return typeof ino === "bigint" ? canonical(ino) : ino;
    const s = hosted(() => host().files.lstat(this.where), this.path);
    if (s === EXC) return EXC;
    return typeof s.ino === "bigint" ? canonical(s.ino) : s.ino;
  }
  getStat(follow: boolean): Result {
    const known = follow ? this.stat : this.lstat;
    if (known !== undefined) return known;
    const { files } = host();
    const s = hosted(() => (follow ? files.stat(this.where) : files.lstat(this.where)), this.path);
    if (s === EXC) return EXC;
    const made = statOf(s);
    if (follow) this.stat = made;
    else this.lstat = made;
    return made;
  }
  is(kind: Kind, follow: boolean): boolean | Exc {
    const own = this.entry.kind;
    if (own !== "unknown" && !(follow && own === "symlink")) return own === kind;
    const { files } = host();
    const s = hosted(() => {
      try {
        return follow ? files.stat(this.where) : files.lstat(this.where);
      } catch (error) {
        if (error instanceof HostError && error.errno === errnoOf("ENOENT")) return null;
        throw error;
      }
    }, this.path);
    if (s === EXC) return EXC;
    return s !== null && (s.mode & S_IFMT) === KINDS[kind];
  }
}
const asks = (kind: Kind) =>
  method("($self, /, *, follow_symlinks=True)", (self: PyDirEntry, followLinks?: Value) => {
    const follow = flagArg(followLinks, true);
    return follow === EXC ? EXC : self.is(kind, follow);
  });

export const dirEntryType = newType("DirEntry", {
  module: "posix",
  flags: DISALLOW_INSTANTIATION,
  slots: {
    tp_repr: (self: PyDirEntry) => {
      const shown = repr(self.name);
      return shown === EXC ? EXC : concat("<DirEntry ", shown, ">");
    },
  },
  methods: () => ({
    is_dir: asks("directory"),
    is_file: asks("file"),
    is_symlink: method("($self, /)", (self: PyDirEntry) => self.is("symlink", false)),
    is_junction: method("($self, /)", () => false),
    stat: method("($self, /, *, follow_symlinks=True)", (self: PyDirEntry, followLinks?: Value) => {
      const follow = flagArg(followLinks, true);
      return follow === EXC ? EXC : self.getStat(follow);
    }),
    inode: method("($self, /)", (self: PyDirEntry) => self.inode),
    __fspath__: method("($self, /)", (self: PyDirEntry) => self.path),
    __class_getitem__: classMethod(
      "($type, object, /)",
      (cls: PyType, item: Value) => newGenericAlias(cls, item),
      "See PEP 585",
    ),
  }),
  members: () => ({ name: (self: PyDirEntry) => self.name, path: (self: PyDirEntry) => self.path }),
});

class PyScandirIterator extends PyObject {
  private at = 0;
  constructor(private entries: readonly PyDirEntry[]) {
    super(scandirIteratorType.shapes);
  }
  next(): Value | End {
    return this.at < this.entries.length ? this.entries[this.at++] : END;
  }
  close(): null {
    this.entries = [];
    return null;
  }
}
const scandirIteratorType = newType("ScandirIterator", {
  module: "posix",
  flags: DISALLOW_INSTANTIATION,
  slots: { tp_iter: (self: PyScandirIterator) => self, tp_iternext: (self: PyScandirIterator) => self.next() },
  methods: () => ({
    close: method("($self, /)", (self: PyScandirIterator) => self.close()),
    __enter__: method("($self, /)", (self: PyScandirIterator) => self),
    __exit__: rawMethod((self: PyScandirIterator) => self.close()),
  }),
});

function scandir(value: Value = null): Result {
  const where = directoryArg(value, "scandir");
  if (where === EXC) return EXC;
  const entries = hosted(() => host().files.readdir(where.text), where.object);
  if (entries === EXC) return EXC;
  const made: PyDirEntry[] = [];
  for (const entry of entries) {
    const name = nameFor(entry.name, where.isBytes);
    if (name === EXC) return EXC;
    const full = where.text.endsWith("/") ? where.text + entry.name : `${where.text}/${entry.name}`;
    const path = typeof value === "number" ? name : nameFor(full, where.isBytes);
    if (path === EXC) return EXC;
    made.push(new PyDirEntry(name, path, full, entry));
  }
  return new PyScandirIterator(made);
}
export const scandirFunctions = () => ({
  scandir: fn("($module, /, path=None)", scandir, "Return an iterator of DirEntry objects for given path."),
});
