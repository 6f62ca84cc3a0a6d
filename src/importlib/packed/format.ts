/**
 * The packed library's binary format: what its writer (tools/pack-stdlib) and its reader (`reader.ts`) share.
 *
 * An archive is
 *   magic and version (8 bytes) · length of the index (4 bytes, little endian) · index (JSON, `ArchiveIndex`) · data
 * and `data` holds one block for each module, at the index's offsets:
 *   strings: count, then for each `length * 2 + wide`; the ASCII strings' characters; the wide strings' UTF-16 units
 *   codes:   count, then each code's length; then the codes, the module's own first
 * All numbers are varints (7 bits a byte, low first) unless said otherwise. A code is a head, which making a function
 * needs, and a body (instructions without their inline cache units, which are zero), which is read when the function is first called: importing a module decodes what it runs.
 */

export const MAGIC = "SWLB";
export const VERSION = 3;
export const HEADER_SIZE = 12;

export interface PackedModule {
  /** Path below the library's root, such as `json/decoder.py`. */
  path: string;
  isPackage: boolean;
  /** The code block, relative to the data's start. */
  offset: number;
  length: number;
  /** The deflated source in the source archive. */
  sourceOffset: number;
  sourceLength: number;
  /** The source's size in bytes. */
  size: number;
}

/** Module rows are `[name, isPackage, length, sourceLength, size]`; offsets follow from the lengths, paths from the names. */
export interface ArchiveIndex {
  modules: [name: string, isPackage: 0 | 1, length: number, sourceLength: number, size: number][];
  /** Length of the block after the modules': JSON, `PackedPattern[]`. */
  patterns?: number;
  /**
   * Length of the block after that: a module's, of a code object that never runs. Its constants are, by turns, a text
   * that modules of the library compile when they are imported (`textKey`), and the text's code.
   */
  texts?: number;
}

/** How an archive names a text that `exec` or `eval` is given. */
export const textKey = (mode: string, text: string): string => `${mode}\n${text}`;

/**
 * A regular expression that modules of the library compile when they are imported, and what `re` made of it: `pattern`
 * (bytes as Latin-1), `flags` as `re.compile` was given them, and the arguments of `_sre.compile`.
 */
export type PackedPattern = [
  pattern: string,
  isBytes: boolean,
  flags: number,
  allFlags: number,
  code: number[],
  groups: number,
  groupNames: (string | null)[],
];

/** The kinds of constants. */
export const TAG_NONE = 0;
export const TAG_TRUE = 1;
export const TAG_FALSE = 2;
export const TAG_ELLIPSIS = 3;
/** A zigzag varint, for 31-bit integers. */
export const TAG_INT = 4;
/** A string in hexadecimal. */
export const TAG_BIG = 5;
/** Eight bytes, little endian. */
export const TAG_FLOAT = 6;
export const TAG_COMPLEX = 7;
export const TAG_STR = 8;
/** A count and that many code points. */
export const TAG_ASTRAL = 9;
/** A string whose units are the bytes. */
export const TAG_BYTES = 10;
export const TAG_TUPLE = 11;
export const TAG_FROZENSET = 12;
export const TAG_SLICE = 13;
/** The number of a code of the same module. */
export const TAG_CODE = 14;
