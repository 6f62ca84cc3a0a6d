/** The module `_stat`: what `os.stat` modes mean (inode(7)). */
import { EXC, type Exc, type Result, type Value } from "../../objects/core.ts";
import { fn, newModule } from "../../objects/define.ts";
import { overflowError } from "../../objects/errors.ts";
import { asIndex } from "../../objects/protocol/convert.ts";

const TYPES = {
  S_IFDIR: 0o040000,
  S_IFCHR: 0o020000,
  S_IFBLK: 0o060000,
  S_IFREG: 0o100000,
  S_IFIFO: 0o010000,
  S_IFLNK: 0o120000,
  S_IFSOCK: 0o140000,
  S_IFDOOR: 0,
  S_IFPORT: 0,
  S_IFWHT: 0,
};
const BITS = {
  S_ISUID: 0o4000,
  S_ISGID: 0o2000,
  S_ISVTX: 0o1000,
  S_ENFMT: 0o2000,
  S_IREAD: 0o400,
  S_IWRITE: 0o200,
  S_IEXEC: 0o100,
  S_IRWXU: 0o700,
  S_IRUSR: 0o400,
  S_IWUSR: 0o200,
  S_IXUSR: 0o100,
  S_IRWXG: 0o070,
  S_IRGRP: 0o040,
  S_IWGRP: 0o020,
  S_IXGRP: 0o010,
  S_IRWXO: 0o007,
  S_IROTH: 0o004,
  S_IWOTH: 0o002,
  S_IXOTH: 0o001,
};
const FLAGS = {
  UF_SETTABLE: 0xffff,
  UF_NODUMP: 1,
  UF_IMMUTABLE: 2,
  UF_APPEND: 4,
  UF_OPAQUE: 8,
  UF_NOUNLINK: 16,
  UF_COMPRESSED: 32,
  UF_TRACKED: 64,
  UF_DATAVAULT: 128,
  UF_HIDDEN: 0x8000,
  SF_SETTABLE: 0xffff0000,
  SF_ARCHIVED: 0x10000,
  SF_IMMUTABLE: 0x20000,
  SF_APPEND: 0x40000,
  SF_NOUNLINK: 0x100000,
  SF_SNAPSHOT: 0x200000,
  SF_FIRMLINK: 0x800000,
  SF_DATALESS: 0x40000000,
};
const INDICES = [
  "ST_MODE",
  "ST_INO",
  "ST_DEV",
  "ST_NLINK",
  "ST_UID",
  "ST_GID",
  "ST_SIZE",
  "ST_ATIME",
  "ST_MTIME",
  "ST_CTIME",
];

function modeArg(value: Value): number | Exc {
  const mode = asIndex(value);
  if (mode === EXC) return EXC;
  if (typeof mode !== "number" || mode < 0)
    return overflowError(
      mode < 0 ? "can't convert negative value to unsigned int" : "Python int too large to convert to C unsigned long",
    );
  return mode > 0xffffffff ? overflowError("mode out of range") : mode;
}
const takes = (use: (mode: number) => Value) =>
  fn("($module, mode, /)", (value: Value): Result => {
    const mode = modeArg(value);
    return mode === EXC ? EXC : use(mode);
  });
const isType = (type: number) => takes((mode) => type !== 0 && (mode & 0o170000) === type);

/** "-rwxr-xr-x" */
function filemode(mode: number): string {
  const kinds: readonly [number, string][] = [
    [TYPES.S_IFREG, "-"],
    [TYPES.S_IFDIR, "d"],
    [TYPES.S_IFLNK, "l"],
    [TYPES.S_IFBLK, "b"],
    [TYPES.S_IFCHR, "c"],
    [TYPES.S_IFIFO, "p"],
    [TYPES.S_IFSOCK, "s"],
  ];
  let text = kinds.find(([type]) => (mode & 0o170000) === type)?.[1] ?? "?";
  const special = [
    [0o4000, "s"],
    [0o2000, "s"],
    [0o1000, "t"],
  ] as const;
  for (let i = 0; i < 3; i++) {
    const bits = (mode >> (6 - 3 * i)) & 7;
    const [flag, letter] = special[i];
    const x = bits & 1 ? (mode & flag ? letter : "x") : mode & flag ? letter.toUpperCase() : "-";
    text += (bits & 4 ? "r" : "-") + (bits & 2 ? "w" : "-") + x;
  }
  return text;
}

export const statModule = newModule("_stat", {
  doc: "Meaning of the st_mode field of os.stat results.",
  functions: () => ({
    S_ISDIR: isType(TYPES.S_IFDIR),
    S_ISCHR: isType(TYPES.S_IFCHR),
    S_ISBLK: isType(TYPES.S_IFBLK),
    S_ISREG: isType(TYPES.S_IFREG),
    S_ISFIFO: isType(TYPES.S_IFIFO),
    S_ISLNK: isType(TYPES.S_IFLNK),
    S_ISSOCK: isType(TYPES.S_IFSOCK),
    S_ISDOOR: isType(0),
    S_ISPORT: isType(0),
    S_ISWHT: isType(0),
    S_IMODE: takes((mode) => mode & 0o7777),
    S_IFMT: takes((mode) => mode & 0o170000),
    filemode: takes(filemode),
  }),
  attributes: () => ({ ...TYPES, ...BITS, ...FLAGS, ...Object.fromEntries(INDICES.map((name, i) => [name, i])) }),
});
