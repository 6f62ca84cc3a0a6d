/**
 * The table of the trace's operations: what each may do, and the JavaScript that it is emitted as. `$0`, `$1` … stand
 * for arguments, `$d` for the data as a constant, `$n` for the data as a number.
 */

/** pure: follows from its arguments; reads, writes: the heap; calls: may run any code; alloc: makes a fresh object. */
export type Effect = "pure" | "reads" | "writes" | "calls" | "alloc";

export interface OpFacts {
  readonly effect: Effect;
  /** A JavaScript expression. */
  readonly js: string;
}
const pure = (js: string): OpFacts => ({ effect: "pure", js });
const reads = (js: string): OpFacts => ({ effect: "reads", js });
const writes = (js: string): OpFacts => ({ effect: "writes", js });
const alloc = (js: string): OpFacts => ({ effect: "alloc", js });

/** Guards: their value is not used; control leaves when the expression is false. */
export const GUARDS: Readonly<Record<string, string>> = {
  IS_INT: `typeof $0 === "number"`,
  IS_BIGINT: `typeof $0 === "bigint"`,
  IS_STR: `typeof $0 === "string"`,
  IS_BOOL: `typeof $0 === "boolean"`,
  IS_NONE: "$0 === null",
  IS_NOT_NONE: "$0 !== null",
  IS_TRUE: "$0 === true",
  IS_FALSE: "$0 === false",
  IS_BOUND: "$0 !== undefined",
  IS_UNBOUND: "$0 === undefined",
  HOLDS: "$0",
  HOLDS_NOT: "!$0",
  IS_OBJECT: "$0 === $d",
  IS_NOT: "$0 !== $d",
  /** Exact builtin types and instances: `data` is the shape. */
  HAS_SHAPE: "$0?.shape === $d",
  /** An int that is no JavaScript number any more is left to the interpreter. */
  FITS: "($0 | 0) === $0 || ($0 <= 9007199254740991 && $0 >= -9007199254740991)",
  IS_INT32: "($0 | 0) === $0",
  IS_NOT_NAN: "$0 === $0",
  NOT_BOTH_NAN: "$0 === $0 || $1 === $1",
  NOT_ZERO: "$0 !== 0",
  /** Neither infinite nor nan. */
  IS_FINITE: "$0 - $0 === 0",
  NOT_NEGATIVE: "$0 >= 0",
  LESS_THAN: "$0 < $n",
  AT_LEAST: "$0 >= $n",
  /** `data` is what `$0.version` must be: a class, a function. */
  HAS_VERSION: "$0.version === $n",
  HAS_CLASS_VERSION: "$0?.shape?.cls.version === $n",
  HAS_NO_DICT: "$0.getDict(false) === undefined",
  KEYS_VERSION: "$0.keysVersion === $n",
  CELL_HOLDS: "$0.value === $1",
  RUNS_CODE: "$0 instanceof PyFunction && $0.code === $d.code && $0.globals === $d.globals",
  /** As another call of the same `def` makes it. */
  IS_LIKE: "isLike($0, $d)",
  IS_NOT_PYTHON: "!($0 instanceof PyFunction || $0 instanceof PyMethod)",
  IS_METHOD: "$0 instanceof PyMethod",
  IS_NATIVE: "$0 instanceof PyBuiltin && $0.def === $d",
  INDEX_IN_LIST: "$1 < $0.storage.length",
  INDEX_IN_TUPLE: "$1 < $0.items.length",
  KEEPS_DOUBLES: "$0.isFloat",
  KEEPS_VALUES: "!$0.isFloat",
  ITER_KEEPS_DOUBLES: "$0.list.isFloat",
  ITER_KEEPS_VALUES: "!$0.list.isFloat",
  NOT_NAN: "$0 === $0",
  LIST_LENGTH_IS: "$0.storage.length === $n",
  /** No key of a dict or set asks Python code when it is compared with a plain one. */
  NO_STRANGERS: "!$0.hasStrangers",
  /** A key that is compared with builtin ones natively. */
  NOT_STRANGE: "!isStranger($0)",
  INDEX_IN_BYTES: "$1 < $0.latin1.length",
  INDEX_IN_ARRAY: "$1 < $0.length",
  HAS_ITEM_KIND: "$0.kind === $d",
  /** V8's longest string; beyond, joining two throws. */
  JOINED_FITS: "$0.length + $1.length <= 536870888",
  IS_CHARACTER: "$0.length === 1",
  INDEX_IN_STR: "$1 < $0.length",
  /** A dict with exactly these keys in this order. */
  HAS_KEYS: "hasKeys($0, $d)",
  LENGTH_IS: "$0.items.length === $n",
  RANGE_MORE: "$0.remaining > 0",
  RANGE_DONE: "$0.remaining <= 0",
  LIST_ITER_MORE: "$0.list !== null && $0.index < $0.list.storage.length",
  LIST_ITER_DONE: "!($0.list !== null && $0.index < $0.list.storage.length)",
  TUPLE_ITER_MORE: "$0.tuple !== null && $0.index < $0.tuple.items.length",
  TUPLE_ITER_DONE: "!($0.tuple !== null && $0.index < $0.tuple.items.length)",
  STR_ITER_MORE: "$0.text !== null && $0.index < $0.text.length",
  STR_ITER_DONE: "!($0.text !== null && $0.index < $0.text.length)",
  IS_SUSPENDED_AT: "$0.state === 1 && $0.frame.pc === $n",
  IS_CREATED: "$0.state === 0",
  RUNS: "$0.code === $d",
  HAS_GLOBALS: "$0.globals === $d",
  DIFFERS: "$0 !== $1",
  NO_ORIGINS: "rt.originDepth === 0",
  /** There is room on the JavaScript stack for another call of compiled code. */
  NOT_TOO_DEEP: "rt.compiledStack < rt.compiledStackLimit && rt.depth + $n < rt.recursionLimit",
  /** Nobody has written to the frames' locals while something unknown ran. */
  NOT_FORCED: "!frame.isForced",
  NOT_END: "$0 !== END",
  IS_END: "$0 === END",
};

export const OPS: Readonly<Record<string, OpFacts>> = {
  // ── ints ──
  INT_ADD: pure("$0 + $1"),
  INT_SUBTRACT: pure("$0 - $1"),
  INT_MULTIPLY: pure("$0 * $1 + 0"),
  INT_FLOOR_DIVIDE: pure("Math.floor($0 / $1) + 0"),
  INT_FLOOR_DIVIDE32: pure("floorDivide32($0, $1)"),
  INT_REMAINDER: pure("remainder($0, $1)"),
  INT_REMAINDER_POSITIVE: pure("$0 % $1"),
  INT_AND: pure("$0 & $1"),
  INT_OR: pure("$0 | $1"),
  INT_XOR: pure("$0 ^ $1"),
  INT_SHIFT_LEFT: pure("$0 * POWERS[$1]"),
  INT_SHIFT_RIGHT: pure("$0 >> $1"),
  INT_AND_UNSIGNED: pure("($0 & $1) >>> 0"),
  INT_OR_UNSIGNED: pure("($0 | $1) >>> 0"),
  INT_XOR_UNSIGNED: pure("($0 ^ $1) >>> 0"),
  INT_AND_WIDE: pure("wideAnd($0, $1)"),
  INT_OR_WIDE: pure("wideOr($0, $1)"),
  INT_XOR_WIDE: pure("wideXor($0, $1)"),
  INT_SHIFT_RIGHT_WIDE: pure("Math.floor($0 / POWERS[$1])"),
  INT_NEGATE: pure("0 - $0"),
  INT_INVERT: pure("-1 - $0"),
  BOOL_TO_INT: pure("+$0"),
  // Ints of any size, and the low 32 bits of such results (`translate/rules/large-ints.ts`).
  LARGE_ADD: pure("addLarge($0, $1)"),
  LARGE_SUBTRACT: pure("subtractLarge($0, $1)"),
  LARGE_MULTIPLY: pure("multiplyLarge($0, $1)"),
  LARGE_REMAINDER: pure("remainderLarge($0, $1)"),
  LOW_BITS: pure("$0 | 0"),
  LOW_ADD: pure("($0 + $1) | 0"),
  LOW_SUBTRACT: pure("($0 - $1) | 0"),
  LOW_MULTIPLY: pure("Math.imul($0, $1)"),
  // ── floats ──
  FLOAT_ADD: pure("$0 + $1"),
  FLOAT_SUBTRACT: pure("$0 - $1"),
  FLOAT_MULTIPLY: pure("$0 * $1"),
  FLOAT_DIVIDE: pure("$0 / $1"),
  FLOAT_NEGATE: pure("-$0"),
  /** Of a base that is positive; NaN where the result is not a finite float. */
  FLOAT_POWER: pure("powerOf($0, $1)"),
  INT_TO_FLOAT: pure("$0"),
  INT_ABSOLUTE: pure("Math.abs($0)"),
  LESSER: pure("$1 < $0 ? $1 : $0"),
  GREATER_OF: pure("$1 > $0 ? $1 : $0"),
  FLOAT_ABSOLUTE: pure("Math.abs($0)"),
  FLOAT_HYPOT: pure("hypot($0, $1)"),
  COMPLEX_RE: pure("$0.re"),
  COMPLEX_IM: pure("$0.im"),
  /** Of raw doubles. */
  NEW_COMPLEX: alloc("newComplex($0, $1)"),
  FLOAT_SQRT: pure("Math.sqrt($0)"),
  /** Ints of floats; what does not fit is for a guard. */
  FLOAT_TRUNCATE: pure("Math.trunc($0) + 0"),
  FLOAT_FLOOR: pure("Math.floor($0) + 0"),
  FLOAT_CEIL: pure("Math.ceil($0) + 0"),
  UNBOX: pure("$0.value"),
  BOX: alloc("newFloat($0)"),
  // ── comparison, truth ──
  LESS: pure("$0 < $1"),
  LESS_EQUAL: pure("$0 <= $1"),
  EQUAL: pure("$0 === $1"),
  NOT_EQUAL: pure("$0 !== $1"),
  GREATER: pure("$0 > $1"),
  GREATER_EQUAL: pure("$0 >= $1"),
  SAME_DOUBLE: pure("Object.is($0, $1)"),
  SAME: pure("isSame($0, $1)"),
  NOT: pure("!$0"),
  /** Is a scalar in a list or tuple? undefined where Python code would have to be asked. */
  SEARCH_SCALAR: reads("searchScalar($0, $1)"),
  HOLDS_TRUE: pure("$0 === true"),
  LIST_IS_TRUE: reads("$0.storage.length !== 0"),
  STR_IS_TRUE: pure(`$0 !== ""`),
  // ── instances ──
  LOAD_FIELD: reads("$0.s$n"),
  LOAD_FAR_FIELD: reads("$0.rest[$n]"),
  LOAD_FAR_MEMBER: reads("$0.rest?.[$n]"),
  LOAD_MEMBER: reads("$0.getMember($n)"),
  STORE_FIELD: writes("$0.s$n = $1"),
  STORE_FAR_FIELD: writes("$0.setRaw($n, $1)"),
  STORE_MEMBER: writes("$0.setMember($n, $1)"),
  SET_SHAPE: writes("$0.shape = $d"),
  NEW_INSTANCE: alloc("newInstance($d)"),
  /** Of an instance with a dict; undefined where it is not there. */
  OWN_ATTRIBUTE: reads("ownAttribute($0, $d)"),
  LOAD_SELF: pure("$0.self"),
  LOAD_FUNC: pure("$0.func"),
  NEW_METHOD: alloc("newMethod($0, $1)"),
  LOAD_DICT_VALUE: reads("$0.rest[0].getStr($d)"),
  TYPE_OF: pure("typeOf($0)"),
  // ── containers ──
  LIST_LENGTH: reads("$0.storage.length"),
  LIST_ITEM: reads("$0.storage[$1]"),
  LIST_DOUBLE: reads("$0.storage[$1]"),
  STORE_LIST_ITEM: writes("$0.storage[$1] = $2"),
  STORE_LIST_DOUBLE: writes("$0.storage[$1] = $2"),
  /** The list may keep doubles, and stop to. */
  LIST_SET: writes("$0.set($1, $2)"),
  LIST_APPEND: writes("$0.storage.push($1)"),
  LIST_APPEND_DOUBLE: writes("$0.pushDouble($1)"),
  LIST_PUSH: writes("$0.push($1)"),
  TUPLE_LENGTH: pure("$0.items.length"),
  TUPLE_ITEM: pure("$0.items[$1]"),
  STR_LENGTH: pure("$0.length"),
  /** An index that may count from the end of so many items. */
  COUNTED_INDEX: pure("$1 < 0 ? $1 + $0 : $1"),
  STR_ITEM: pure("$0[$1]"),
  BYTES_LENGTH: pure("$0.latin1.length"),
  BYTES_ITEM: pure("$0.latin1.charCodeAt($1)"),
  /** Of bytearrays and arrays. */
  ARRAY_LENGTH: reads("$0.length"),
  BYTEARRAY_ITEM: reads("$0.data[$1]"),
  STORE_BYTEARRAY_ITEM: writes("$0.data[$1] = $2"),
  ARRAY_ITEM: reads("$0.view[$1]"),
  STORE_ARRAY_ITEM: writes("$0.view[$1] = $2"),
  STR_ADD: pure("$0 + $1"),
  CHARACTER: pure("String.fromCharCode($0)"),
  CHARACTER_CODE: pure("$0.charCodeAt(0)"),
  INT_TEXT: pure('"" + $0'),
  NEW_LIST: alloc("newList([$*])"),
  NEW_EMPTY_LIST: alloc("newEmptyList()"),
  /** Of a tuple's items. */
  LIST_OF_TUPLE: alloc("newList($0.items.slice())"),
  /** Of raw doubles. */
  NEW_FLOAT_LIST: alloc("listOfDoubles([$*])"),
  /** Of values that may all be floats. */
  NEW_LIST_OF: alloc("listOfValues([$*])"),
  NEW_TUPLE: alloc("newTuple([$*])"),
  NEW_SLICE: alloc("newSlice($*)"),
  NEW_CELL: alloc("new PyCell($0)"),
  LOAD_CELL: reads("$0.value"),
  STORE_CELL: writes("$0.value = $1"),
  CLOSURE_CELL: pure("$0.closure[$n]"),
  CELL_VALUE: reads("$0.value"),
  SET_CELL_VALUE: writes("$0.value = $1"),
  // ── iterators ──
  RANGE_NEXT: writes("rangeNext($0)"),
  LIST_ITER_NEXT: writes("$0.list.storage[$0.index++]"),
  LIST_ITER_NEXT_DOUBLE: writes("$0.list.storage[$0.index++]"),
  LIST_ITER_END: writes("$0.list = null"),
  TUPLE_ITER_NEXT: writes("$0.tuple.items[$0.index++]"),
  TUPLE_ITER_END: writes("$0.tuple = null"),
  STR_ITER_NEXT: writes("$0.text[$0.index++]"),
  STR_ITER_END: writes("$0.text = null"),
  /** Of an iterator of one class, which gives END or EXC too. */
  NEXT_ITEM: writes("$0.next()"),
  /** The iterator that an enumeration goes through, those that a zip does. */
  INNER_ITER: pure("$0.iterator"),
  ZIPPED_ITER: pure("$0.iterators[$n]"),
  ENUMERATE_COUNT: reads("$0.count"),
  ENUMERATE_STEP: writes("$0.count = $1 + 1"),
  TUPLE_ITER: alloc("new TupleIterator($0)"),
  LIST_ITER: alloc("new ListIterator($0)"),
  // ── generators ──
  FRAME_OF: pure("$0.frame"),
  ARRAY_OF: pure("$0.s"),
  LOAD_SLOT: reads("$0[$n]"),
  LINK_GENERATOR: writes("linkGenerator($0)"),
  /** The data says what goes where: `Suspension`. Generator, frame, array, then the values. */
  SUSPEND: writes(""),
  END_GENERATOR: writes("endGenerator($0, $1)"),
  /** The function, then the frame's slots; the data is where the frame stands. */
  MAKE_GENERATOR: alloc(""),
  FRAME_YIELDS: writes("frameYields(frame, $n)"),
  SEND_RESULT: reads("rt.sendResult"),
  // ── calls; the data is a function ──
  /** May run any code; raises by EXC. */
  CALL: { effect: "calls", js: "$d($*)" },
  /** Looks at no frame and runs no Python code; raises by EXC. */
  CALL_QUIET: { effect: "writes", js: "$d($*)" },
  /** The same, without raising. */
  COMPUTE: { effect: "writes", js: "$d($*)" },
  /** The data is the callee's code; the first argument the function, then its parameters. */
  CALL_PYTHON: { effect: "calls", js: "" },
  RUN_INSTRUCTION: { effect: "calls", js: "" },
  OUTPUT: pure("$0[$n]"),
  DICT_VALUE: reads("$0.getStr($1)"),
  DICT_LENGTH: reads("$0.size"),
  /** The value of a key that is a str; undefined where there is none. */
  DICT_STR: reads("$0.getStr($d)"),
  NEW_KEYWORDS: alloc("keywordDict($d, [$*])"),
  // ── exceptions ──
  /** The pending exception is handled where the root's frame stands, at `data`. */
  TAKE_HERE: writes("takeHere(frame, $n)"),
  TAKE_PENDING: writes("takePending()"),
  /** Traceback entries for an exception that leaves virtual frames. */
  UNWIND: writes(""),
  NEW_EXCEPTION: alloc("baseExceptionNew($d, [$*], null)"),
  RAISE_OBJECT: writes("raiseObject($0)"),
  RAISE_FROM: writes("raiseVarargs($0, $1)"),
  RAISE_CLASS: writes("raiseVarargs($d, undefined)"),
  HANDLED: reads("handledException()"),
  EXC_INFO: reads("rt.excInfo.exc"),
  SET_EXC_INFO: writes("rt.excInfo.exc = $0"),
  TRACEBACK: reads("$0.traceback"),
  /** Notes where the frames stand, for who ends compiled code from outside. */
  ZONE: writes(""),
  /** The virtual frame number `data` has returned: if Python has seen it, it is finished. */
  FRAME_RETURNS: writes(""),
};
