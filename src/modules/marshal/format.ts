/** The type codes of CPython's `marshal` format, version 5. Source: InternalDocs and Python/marshal.c's documentation. */
export const VERSION = 5;
/** Set on a type code: the object gets the next reference number. */
export const FLAG_REF = 0x80;

const code = (c: string): number => c.charCodeAt(0);
export const NULL = code("0");
export const NONE = code("N");
export const FALSE = code("F");
export const TRUE = code("T");
export const STOP_ITERATION = code("S");
export const ELLIPSIS = code(".");
export const INT = code("i");
export const INT64 = code("I");
export const LONG = code("l");
export const FLOAT = code("f");
export const BINARY_FLOAT = code("g");
export const COMPLEX = code("x");
export const BINARY_COMPLEX = code("y");
export const BYTES = code("s");
export const INTERNED = code("t");
export const REF = code("r");
export const TUPLE = code("(");
export const SMALL_TUPLE = code(")");
export const LIST = code("[");
export const DICT = code("{");
export const CODE = code("c");
export const UNICODE = code("u");
export const SET = code("<");
export const FROZENSET = code(">");
export const ASCII = code("a");
export const ASCII_INTERNED = code("A");
export const SHORT_ASCII = code("z");
export const SHORT_ASCII_INTERNED = code("Z");
export const SLICE = code(":");

/** Nesting beyond this is refused. */
export const MAX_DEPTH = 2000;
