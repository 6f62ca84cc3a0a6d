/**
 * CPython 3.14's instruction set as data: numbers, operand kinds, inline cache sizes, stack effects, families.
 * The compiler, the disassembler and the interpreter's generator all read it here, so that a number or an effect is
 * written once.
 *
 * Source: CPython 3.14's `opcode`, `_opcode` and `dis` modules; https://docs.python.org/3.14/library/dis.html
 */

/** How many values an instruction pops or pushes, as a JavaScript expression of its argument `n`. */
export type Count =
  | 0 | 1 | 2 | 3 | 4 | 5 | 6
  | "n" | "1 + n" | "2 + n" | "3 + n" | "4 + n" | "2 * n" | "1 + (n & 1)" | "2 + (n & 1)"
  | "1 + (n & 255) + (n >> 8)";

/**
 * One instruction: name, number, inline cache units, operand kinds, pops, pushes.
 * Operand kinds: `A` has an argument, `C` a constant, `N` a name, `J` a jump distance, `F` a cell or free variable,
 * `L` a local's index, `X` the address of an exception handler (pseudo-instructions only; their pushes are the
 * handler's entry depth).
 */
export type OpcodeRow = readonly [name: string, opcode: number, caches: number, kinds: string, pops: Count, pushes: Count];

/** The instructions that code objects contain. */
export const INSTRUCTIONS = [
["CACHE", 0, 0, "", 0, 0],
  ["BINARY_SLICE", 1, 0, "", 3, 1],
  ["BUILD_TEMPLATE", 2, 0, "", 2, 1],
  ["CALL_FUNCTION_EX", 4, 0, "", 4, 1],
  ["CHECK_EG_MATCH", 5, 0, "", 2, 2],
  ["CHECK_EXC_MATCH", 6, 0, "", 2, 2],
  ["CLEANUP_THROW", 7, 0, "", 3, 2],
  ["DELETE_SUBSCR", 8, 0, "", 2, 0],
  ["END_FOR", 9, 0, "", 1, 0],
  ["END_SEND", 10, 0, "", 2, 1],
  ["EXIT_INIT_CHECK", 11, 0, "", 1, 0],
  ["FORMAT_SIMPLE", 12, 0, "", 1, 1],
  ["FORMAT_WITH_SPEC", 13, 0, "", 2, 1],
  ["GET_AITER", 14, 0, "", 1, 1],
  ["GET_ANEXT", 15, 0, "", 1, 2],
  ["GET_ITER", 16, 0, "", 1, 1],
  ["RESERVED", 17, 0, "", 0, 0],
  ["GET_LEN", 18, 0, "", 1, 2],
  ["GET_YIELD_FROM_ITER", 19, 0, "", 1, 1],
  ["INTERPRETER_EXIT", 20, 0, "", 1, 0],
  ["LOAD_BUILD_CLASS", 21, 0, "", 0, 1],
  ["LOAD_LOCALS", 22, 0, "", 0, 1],
  ["MAKE_FUNCTION", 23, 0, "", 1, 1],
  ["MATCH_KEYS", 24, 0, "", 2, 3],
  ["MATCH_MAPPING", 25, 0, "", 1, 2],
  ["MATCH_SEQUENCE", 26, 0, "", 1, 2],
  ["NOP", 27, 0, "", 0, 0],
  ["NOT_TAKEN", 28, 0, "", 0, 0],
  ["POP_EXCEPT", 29, 0, "", 1, 0],
  ["POP_ITER", 30, 0, "", 1, 0],
  ["POP_TOP", 31, 0, "", 1, 0],
  ["PUSH_EXC_INFO", 32, 0, "", 1, 2],
  ["PUSH_NULL", 33, 0, "", 0, 1],
  ["RETURN_GENERATOR", 34, 0, "", 0, 1],
  ["RETURN_VALUE", 35, 0, "", 1, 1],
  ["SETUP_ANNOTATIONS", 36, 0, "", 0, 0],
  ["STORE_SLICE", 37, 0, "", 4, 0],
  ["STORE_SUBSCR", 38, 1, "", 3, 0],
  ["TO_BOOL", 39, 3, "", 1, 1],
  ["UNARY_INVERT", 40, 0, "", 1, 1],
  ["UNARY_NEGATIVE", 41, 0, "", 1, 1],
  ["UNARY_NOT", 42, 0, "", 1, 1],
  ["WITH_EXCEPT_START", 43, 0, "", 5, 6],
  ["BINARY_OP", 44, 5, "A", 2, 1],
  ["BUILD_INTERPOLATION", 45, 0, "A", "2 + (n & 1)", 1],
  ["BUILD_LIST", 46, 0, "A", "n", 1],
  ["BUILD_MAP", 47, 0, "A", "2 * n", 1],
  ["BUILD_SET", 48, 0, "A", "n", 1],
  ["BUILD_SLICE", 49, 0, "A", "n", 1],
  ["BUILD_STRING", 50, 0, "A", "n", 1],
  ["BUILD_TUPLE", 51, 0, "A", "n", 1],
  ["CALL", 52, 3, "A", "2 + n", 1],
  ["CALL_INTRINSIC_1", 53, 0, "A", 1, 1],
  ["CALL_INTRINSIC_2", 54, 0, "A", 2, 1],
  ["CALL_KW", 55, 3, "A", "3 + n", 1],
  ["COMPARE_OP", 56, 1, "A", 2, 1],
  ["CONTAINS_OP", 57, 1, "A", 2, 1],
  ["CONVERT_VALUE", 58, 0, "A", 1, 1],
  ["COPY", 59, 0, "A", "n", "1 + n"],
  ["COPY_FREE_VARS", 60, 0, "A", 0, 0],
  ["DELETE_ATTR", 61, 0, "AN", 1, 0],
  ["DELETE_DEREF", 62, 0, "AF", 0, 0],
  ["DELETE_FAST", 63, 0, "AL", 0, 0],
  ["DELETE_GLOBAL", 64, 0, "AN", 0, 0],
  ["DELETE_NAME", 65, 0, "AN", 0, 0],
  ["DICT_MERGE", 66, 0, "A", "4 + n", "3 + n"],
  ["DICT_UPDATE", 67, 0, "A", "1 + n", "n"],
  ["END_ASYNC_FOR", 68, 0, "AJ", 2, 0],
  ["EXTENDED_ARG", 69, 0, "A", 0, 0],
  ["FOR_ITER", 70, 1, "AJ", 1, 2],
  ["GET_AWAITABLE", 71, 0, "A", 1, 1],
  ["IMPORT_FROM", 72, 0, "AN", 1, 2],
  ["IMPORT_NAME", 73, 0, "AN", 2, 1],
  ["IS_OP", 74, 0, "A", 2, 1],
  ["JUMP_BACKWARD", 75, 1, "AJ", 0, 0],
  ["JUMP_BACKWARD_NO_INTERRUPT", 76, 0, "AJ", 0, 0],
  ["JUMP_FORWARD", 77, 0, "AJ", 0, 0],
  ["LIST_APPEND", 78, 0, "A", "1 + n", "n"],
  ["LIST_EXTEND", 79, 0, "A", "1 + n", "n"],
  ["LOAD_ATTR", 80, 9, "AN", 1, "1 + (n & 1)"],
  ["LOAD_COMMON_CONSTANT", 81, 0, "A", 0, 1],
  ["LOAD_CONST", 82, 0, "AC", 0, 1],
  ["LOAD_DEREF", 83, 0, "AL", 0, 1],
  ["LOAD_FAST", 84, 0, "AL", 0, 1],
  ["LOAD_FAST_AND_CLEAR", 85, 0, "AL", 0, 1],
  ["LOAD_FAST_BORROW", 86, 0, "AL", 0, 1],
  ["LOAD_FAST_BORROW_LOAD_FAST_BORROW", 87, 0, "AL", 0, 2],
  ["LOAD_FAST_CHECK", 88, 0, "AL", 0, 1],
  ["LOAD_FAST_LOAD_FAST", 89, 0, "AL", 0, 2],
  ["LOAD_FROM_DICT_OR_DEREF", 90, 0, "AF", 1, 1],
  ["LOAD_FROM_DICT_OR_GLOBALS", 91, 0, "AN", 1, 1],
  ["LOAD_GLOBAL", 92, 4, "AN", 0, "1 + (n & 1)"],
  ["LOAD_NAME", 93, 0, "AN", 0, 1],
  ["LOAD_SMALL_INT", 94, 0, "A", 0, 1],
  ["LOAD_SPECIAL", 95, 0, "A", 1, 2],
  ["LOAD_SUPER_ATTR", 96, 1, "AN", 3, "1 + (n & 1)"],
  ["MAKE_CELL", 97, 0, "AF", 0, 0],
  ["MAP_ADD", 98, 0, "A", "2 + n", "n"],
  ["MATCH_CLASS", 99, 0, "A", 3, 1],
  ["POP_JUMP_IF_FALSE", 100, 1, "AJ", 1, 0],
  ["POP_JUMP_IF_NONE", 101, 1, "AJ", 1, 0],
  ["POP_JUMP_IF_NOT_NONE", 102, 1, "AJ", 1, 0],
  ["POP_JUMP_IF_TRUE", 103, 1, "AJ", 1, 0],
  ["RAISE_VARARGS", 104, 0, "A", "n", 0],
  ["RERAISE", 105, 0, "A", "1 + n", "n"],
  ["SEND", 106, 1, "AJ", 2, 2],
  ["SET_ADD", 107, 0, "A", "1 + n", "n"],
  ["SET_FUNCTION_ATTRIBUTE", 108, 0, "A", 2, 1],
  ["SET_UPDATE", 109, 0, "A", "1 + n", "n"],
  ["STORE_ATTR", 110, 4, "AN", 2, 0],
  ["STORE_DEREF", 111, 0, "AF", 1, 0],
  ["STORE_FAST", 112, 0, "AL", 1, 0],
  ["STORE_FAST_LOAD_FAST", 113, 0, "AL", 1, 1],
  ["STORE_FAST_STORE_FAST", 114, 0, "AL", 2, 0],
  ["STORE_GLOBAL", 115, 0, "AN", 1, 0],
  ["STORE_NAME", 116, 0, "AN", 1, 0],
  ["SWAP", 117, 0, "A", "n", "n"],
  ["UNPACK_EX", 118, 0, "A", 1, "1 + (n & 255) + (n >> 8)"],
  ["UNPACK_SEQUENCE", 119, 1, "A", 1, "n"],
  ["YIELD_VALUE", 120, 0, "A", 1, 1],
  ["RESUME", 128, 0, "A", 0, 0],
  ["ENTER_EXECUTOR", 255, 0, "A", 0, 0],
] as const satisfies readonly OpcodeRow[];

/** What only the compiler sees; the flow graph replaces every one of them. */
export const PSEUDO_INSTRUCTIONS = [
  ["ANNOTATIONS_PLACEHOLDER", 256, 0, "", 0, 0],
  ["JUMP", 257, 0, "AJ", 0, 0],
  ["JUMP_IF_FALSE", 258, 0, "AJ", 1, 1],
  ["JUMP_IF_TRUE", 259, 0, "AJ", 1, 1],
  ["JUMP_NO_INTERRUPT", 260, 0, "AJ", 0, 0],
  ["LOAD_CLOSURE", 261, 0, "AL", 0, 1],
  ["POP_BLOCK", 262, 0, "", 0, 0],
  ["SETUP_CLEANUP", 263, 0, "AX", 0, 2],
  ["SETUP_FINALLY", 264, 0, "AX", 0, 1],
  ["SETUP_WITH", 265, 0, "AX", 0, 1],
  ["STORE_FAST_MAYBE_NULL", 266, 0, "AL", 1, 0],
] as const satisfies readonly OpcodeRow[];

/** Variants that tools (`sys.monitoring`) put in place of an instruction: name, number, the instruction. */
export const INSTRUMENTED = [
  ["INSTRUMENTED_END_FOR", 234, "END_FOR"],
  ["INSTRUMENTED_POP_ITER", 235, "POP_ITER"],
  ["INSTRUMENTED_END_SEND", 236, "END_SEND"],
  ["INSTRUMENTED_FOR_ITER", 237, "FOR_ITER"],
  ["INSTRUMENTED_INSTRUCTION", 238, null],
  ["INSTRUMENTED_JUMP_FORWARD", 239, "JUMP_FORWARD"],
  ["INSTRUMENTED_NOT_TAKEN", 240, "NOT_TAKEN"],
  ["INSTRUMENTED_POP_JUMP_IF_TRUE", 241, "POP_JUMP_IF_TRUE"],
  ["INSTRUMENTED_POP_JUMP_IF_FALSE", 242, "POP_JUMP_IF_FALSE"],
  ["INSTRUMENTED_POP_JUMP_IF_NONE", 243, "POP_JUMP_IF_NONE"],
  ["INSTRUMENTED_POP_JUMP_IF_NOT_NONE", 244, "POP_JUMP_IF_NOT_NONE"],
  ["INSTRUMENTED_RESUME", 245, "RESUME"],
  ["INSTRUMENTED_RETURN_VALUE", 246, "RETURN_VALUE"],
  ["INSTRUMENTED_YIELD_VALUE", 247, "YIELD_VALUE"],
  ["INSTRUMENTED_END_ASYNC_FOR", 248, "END_ASYNC_FOR"],
  ["INSTRUMENTED_LOAD_SUPER_ATTR", 249, "LOAD_SUPER_ATTR"],
  ["INSTRUMENTED_CALL", 250, "CALL"],
  ["INSTRUMENTED_CALL_KW", 251, "CALL_KW"],
  ["INSTRUMENTED_CALL_FUNCTION_EX", 252, "CALL_FUNCTION_EX"],
  ["INSTRUMENTED_JUMP_BACKWARD", 253, "JUMP_BACKWARD"],
  ["INSTRUMENTED_LINE", 254, null],
] as const satisfies readonly (readonly [string, number, string | null])[];

/** Specialised variants by family, in CPython's order. */
export const SPECIALIZATIONS = {
  RESUME: { RESUME_CHECK: 196 },
  LOAD_CONST: { LOAD_CONST_MORTAL: 191, LOAD_CONST_IMMORTAL: 190 },
  TO_BOOL: {
    TO_BOOL_ALWAYS_TRUE: 203, TO_BOOL_BOOL: 204, TO_BOOL_INT: 205, TO_BOOL_LIST: 206, TO_BOOL_NONE: 207,
    TO_BOOL_STR: 208,
  },
  BINARY_OP: {
    BINARY_OP_MULTIPLY_INT: 134, BINARY_OP_ADD_INT: 130, BINARY_OP_SUBTRACT_INT: 142, BINARY_OP_MULTIPLY_FLOAT: 133,
    BINARY_OP_ADD_FLOAT: 129, BINARY_OP_SUBTRACT_FLOAT: 141, BINARY_OP_ADD_UNICODE: 131,
    BINARY_OP_SUBSCR_LIST_INT: 137, BINARY_OP_SUBSCR_LIST_SLICE: 138, BINARY_OP_SUBSCR_TUPLE_INT: 140,
    BINARY_OP_SUBSCR_STR_INT: 139, BINARY_OP_SUBSCR_DICT: 135, BINARY_OP_SUBSCR_GETITEM: 136, BINARY_OP_EXTEND: 132,
    BINARY_OP_INPLACE_ADD_UNICODE: 3,
  },
  STORE_SUBSCR: { STORE_SUBSCR_DICT: 201, STORE_SUBSCR_LIST_INT: 202 },
  SEND: { SEND_GEN: 197 },
  UNPACK_SEQUENCE: { UNPACK_SEQUENCE_TWO_TUPLE: 211, UNPACK_SEQUENCE_TUPLE: 210, UNPACK_SEQUENCE_LIST: 209 },
  STORE_ATTR: { STORE_ATTR_INSTANCE_VALUE: 198, STORE_ATTR_SLOT: 199, STORE_ATTR_WITH_HINT: 200 },
  LOAD_GLOBAL: { LOAD_GLOBAL_MODULE: 193, LOAD_GLOBAL_BUILTIN: 192 },
  LOAD_SUPER_ATTR: { LOAD_SUPER_ATTR_ATTR: 194, LOAD_SUPER_ATTR_METHOD: 195 },
  LOAD_ATTR: {
    LOAD_ATTR_INSTANCE_VALUE: 180, LOAD_ATTR_MODULE: 184, LOAD_ATTR_WITH_HINT: 189, LOAD_ATTR_SLOT: 188,
    LOAD_ATTR_CLASS: 177, LOAD_ATTR_CLASS_WITH_METACLASS_CHECK: 178, LOAD_ATTR_PROPERTY: 187,
    LOAD_ATTR_GETATTRIBUTE_OVERRIDDEN: 179, LOAD_ATTR_METHOD_WITH_VALUES: 183, LOAD_ATTR_METHOD_NO_DICT: 182,
    LOAD_ATTR_METHOD_LAZY_DICT: 181, LOAD_ATTR_NONDESCRIPTOR_WITH_VALUES: 186, LOAD_ATTR_NONDESCRIPTOR_NO_DICT: 185,
  },
  COMPARE_OP: { COMPARE_OP_FLOAT: 166, COMPARE_OP_INT: 167, COMPARE_OP_STR: 168 },
  CONTAINS_OP: { CONTAINS_OP_SET: 170, CONTAINS_OP_DICT: 169 },
  JUMP_BACKWARD: { JUMP_BACKWARD_NO_JIT: 176, JUMP_BACKWARD_JIT: 175 },
  FOR_ITER: { FOR_ITER_LIST: 172, FOR_ITER_TUPLE: 174, FOR_ITER_RANGE: 173, FOR_ITER_GEN: 171 },
  CALL: {
    CALL_BOUND_METHOD_EXACT_ARGS: 144, CALL_PY_EXACT_ARGS: 161, CALL_TYPE_1: 165, CALL_STR_1: 163,
    CALL_TUPLE_1: 164, CALL_BUILTIN_CLASS: 146, CALL_BUILTIN_O: 149, CALL_BUILTIN_FAST: 147,
    CALL_BUILTIN_FAST_WITH_KEYWORDS: 148, CALL_LEN: 154, CALL_ISINSTANCE: 150, CALL_LIST_APPEND: 155,
    CALL_METHOD_DESCRIPTOR_O: 159, CALL_METHOD_DESCRIPTOR_FAST_WITH_KEYWORDS: 157,
    CALL_METHOD_DESCRIPTOR_NOARGS: 158, CALL_METHOD_DESCRIPTOR_FAST: 156, CALL_ALLOC_AND_ENTER_INIT: 143,
    CALL_PY_GENERAL: 162, CALL_BOUND_METHOD_GENERAL: 145, CALL_NON_PY_GENERAL: 160,
  },
  CALL_KW: { CALL_KW_BOUND_METHOD: 151, CALL_KW_PY: 153, CALL_KW_NON_PY: 152 },
} as const;

type Families = typeof SPECIALIZATIONS;
export type FamilyName = keyof Families;
export type SpecializedName = { [F in FamilyName]: keyof Families[F] }[FamilyName] & string;
export type InstructionName = (typeof INSTRUCTIONS)[number][0];
export type PseudoName = (typeof PSEUDO_INSTRUCTIONS)[number][0];
export type InstrumentedName = (typeof INSTRUMENTED)[number][0];

/** Opcodes above this use their argument (`dis.HAVE_ARGUMENT`). */
export const HAVE_ARGUMENT = 43;
export const MIN_INSTRUMENTED_OPCODE = 234;
/** Opcodes from here on are pseudo-instructions. */
export const MIN_PSEUDO_OPCODE = 256;
export const MAX_OPCODE = 266;

/** `OP.LOAD_FAST` is the number of LOAD_FAST: base and pseudo-instructions. */
export const OP: { readonly [N in InstructionName | PseudoName]: number } = Object.fromEntries(
  [...INSTRUCTIONS, ...PSEUDO_INSTRUCTIONS].map((row) => [row[0], row[1]]),
) as { [N in InstructionName | PseudoName]: number };

/** Numbers of the specialised variants. */
export const SPECIALIZED_OP: { readonly [N in SpecializedName]: number } = Object.assign(
  {},
  ...Object.values(SPECIALIZATIONS),
) as { [N in SpecializedName]: number };

/** Numbers of the variants that tools put in place. */
export const INSTRUMENTED_OP: { readonly [N in InstrumentedName]: number } = Object.fromEntries(INSTRUMENTED) as {
  [N in InstrumentedName]: number;
};

/* @__NO_SIDE_EFFECTS__ */
function invert(): string[] {
  const names: string[] = [];
  for (let i = 0; i <= MAX_OPCODE; i++) names.push(`<${i}>`);
  for (const row of [...INSTRUCTIONS, ...PSEUDO_INSTRUCTIONS, ...INSTRUMENTED]) names[row[1]] = row[0];
  for (const [name, opcode] of Object.entries(SPECIALIZED_OP)) names[opcode] = name;
  return names;
}
/** Opcode → name, `<n>` where there is none. */
export const OPNAME: readonly string[] = invert();

// Flags of an opcode, or-ed (`OPCODE_FLAGS`).
export const HAS_ARG = 1;
export const HAS_CONST = 2;
export const HAS_NAME = 4;
export const HAS_JUMP = 8;
export const HAS_FREE = 16;
export const HAS_LOCAL = 32;
export const HAS_HANDLER = 64;
const KIND_FLAGS: Record<string, number> = {
  A: HAS_ARG, C: HAS_CONST, N: HAS_NAME, J: HAS_JUMP, F: HAS_FREE, L: HAS_LOCAL, X: HAS_HANDLER,
};

const COUNTS: Record<Count, (n: number) => number> = {
  0: () => 0,
  1: () => 1,
  2: () => 2,
  3: () => 3,
  4: () => 4,
  5: () => 5,
  6: () => 6,
  n: (n) => n,
  "1 + n": (n) => 1 + n,
  "2 + n": (n) => 2 + n,
  "3 + n": (n) => 3 + n,
  "4 + n": (n) => 4 + n,
  "2 * n": (n) => 2 * n,
  "1 + (n & 1)": (n) => 1 + (n & 1),
  "2 + (n & 1)": (n) => 2 + (n & 1),
  "1 + (n & 255) + (n >> 8)": (n) => 1 + (n & 255) + (n >> 8),
};

const VARIABLE = -128;
/** Flags, by opcode. */
export const OPCODE_FLAGS = new Uint8Array(MAX_OPCODE + 1);
/** Inline cache units after the instruction, by opcode; a specialised variant has its family's. */
export const CACHES = new Uint8Array(MAX_OPCODE + 1);
/** Specialised or instrumented → the base instruction's opcode; a base instruction → itself. */
export const DEOPT = new Uint16Array(MAX_OPCODE + 1);
const FIXED_POPS = new Int8Array(MAX_OPCODE + 1);
const FIXED_PUSHES = new Int8Array(MAX_OPCODE + 1);
const POPS: Count[] = new Array<Count>(MAX_OPCODE + 1).fill(0);
const PUSHES: Count[] = new Array<Count>(MAX_OPCODE + 1).fill(0);

function fill(): void {
  for (let i = 0; i <= MAX_OPCODE; i++) DEOPT[i] = i;
  for (const [, opcode, caches, kinds, pops, pushes] of [...INSTRUCTIONS, ...PSEUDO_INSTRUCTIONS] as OpcodeRow[]) {
    for (const kind of kinds) OPCODE_FLAGS[opcode] |= KIND_FLAGS[kind];
    CACHES[opcode] = caches;
    POPS[opcode] = pops;
    PUSHES[opcode] = pushes;
  }
  const alias = (opcode: number, base: number) => {
    DEOPT[opcode] = base;
    CACHES[opcode] = CACHES[base];
    OPCODE_FLAGS[opcode] = OPCODE_FLAGS[base];
    POPS[opcode] = POPS[base];
    PUSHES[opcode] = PUSHES[base];
  };
  for (const [family, variants] of Object.entries(SPECIALIZATIONS)) {
    for (const opcode of Object.values(variants)) alias(opcode, OP[family as FamilyName]);
  }
  for (const [, opcode, base] of INSTRUMENTED) if (base !== null) alias(opcode, OP[base]);
  for (let i = 0; i <= MAX_OPCODE; i++) {
    const pops = POPS[i];
    const pushes = PUSHES[i];
    FIXED_POPS[i] = typeof pops === "number" ? pops : VARIABLE;
    FIXED_PUSHES[i] = typeof pushes === "number" ? pushes : VARIABLE;
  }
}
fill();

/** Values taken off the stack. */
export function numPopped(opcode: number, n: number): number {
  const fixed = FIXED_POPS[opcode];
  return fixed !== VARIABLE ? fixed : COUNTS[POPS[opcode]](n);
}

/** Values put on the stack; for a block-opening pseudo-instruction, what its handler finds there. */
export function numPushed(opcode: number, n: number): number {
  const fixed = FIXED_PUSHES[opcode];
  return fixed !== VARIABLE ? fixed : COUNTS[PUSHES[opcode]](n);
}

/** Change of the stack's depth; `jump` tells the handler's side of a block-opening pseudo-instruction. */
export function stackEffect(opcode: number, n: number, jump: boolean): number {
  if ((OPCODE_FLAGS[opcode] & HAS_HANDLER) !== 0 && !jump) return 0;
  return numPushed(opcode, n) - numPopped(opcode, n);
}

export const hasArg = (opcode: number): boolean => (OPCODE_FLAGS[opcode] & HAS_ARG) !== 0;
export const hasJump = (opcode: number): boolean => (OPCODE_FLAGS[opcode] & HAS_JUMP) !== 0;

/** COMPARE_OP's argument is the index in here shifted left by 5, plus 16 for a bool result, plus a mask. */
export const COMPARE_OPS = ["<", "<=", "==", "!=", ">", ">="] as const;
/** BINARY_OP's argument: the index of (name, symbol). */
export const BINARY_OPS = [
  ["NB_ADD", "+"], ["NB_AND", "&"], ["NB_FLOOR_DIVIDE", "//"], ["NB_LSHIFT", "<<"], ["NB_MATRIX_MULTIPLY", "@"],
  ["NB_MULTIPLY", "*"], ["NB_REMAINDER", "%"], ["NB_OR", "|"], ["NB_POWER", "**"], ["NB_RSHIFT", ">>"],
  ["NB_SUBTRACT", "-"], ["NB_TRUE_DIVIDE", "/"], ["NB_XOR", "^"], ["NB_INPLACE_ADD", "+="], ["NB_INPLACE_AND", "&="],
  ["NB_INPLACE_FLOOR_DIVIDE", "//="], ["NB_INPLACE_LSHIFT", "<<="], ["NB_INPLACE_MATRIX_MULTIPLY", "@="],
  ["NB_INPLACE_MULTIPLY", "*="], ["NB_INPLACE_REMAINDER", "%="], ["NB_INPLACE_OR", "|="],
  ["NB_INPLACE_POWER", "**="], ["NB_INPLACE_RSHIFT", ">>="], ["NB_INPLACE_SUBTRACT", "-="],
  ["NB_INPLACE_TRUE_DIVIDE", "/="], ["NB_INPLACE_XOR", "^="], ["NB_SUBSCR", "[]"],
] as const;
/** CALL_INTRINSIC_1's argument. */
export const INTRINSICS_1 = [
  "INTRINSIC_1_INVALID", "INTRINSIC_PRINT", "INTRINSIC_IMPORT_STAR", "INTRINSIC_STOPITERATION_ERROR",
  "INTRINSIC_ASYNC_GEN_WRAP", "INTRINSIC_UNARY_POSITIVE", "INTRINSIC_LIST_TO_TUPLE", "INTRINSIC_TYPEVAR",
  "INTRINSIC_PARAMSPEC", "INTRINSIC_TYPEVARTUPLE", "INTRINSIC_SUBSCRIPT_GENERIC", "INTRINSIC_TYPEALIAS",
] as const;
/** CALL_INTRINSIC_2's argument. */
export const INTRINSICS_2 = [
  "INTRINSIC_2_INVALID", "INTRINSIC_PREP_RERAISE_STAR", "INTRINSIC_TYPEVAR_WITH_BOUND",
  "INTRINSIC_TYPEVAR_WITH_CONSTRAINTS", "INTRINSIC_SET_FUNCTION_TYPE_PARAMS", "INTRINSIC_SET_TYPEPARAM_DEFAULT",
] as const;
/** LOAD_SPECIAL's argument. */
export const SPECIAL_METHODS = ["__enter__", "__exit__", "__aenter__", "__aexit__"] as const;
/** LOAD_COMMON_CONSTANT's argument. */
export const COMMON_CONSTANTS = ["AssertionError", "NotImplementedError", "tuple", "all", "any"] as const;
