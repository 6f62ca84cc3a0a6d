/** The module `_opcode`: facts about the instruction set, for `opcode` and `dis`. */
import * as opcodes from "../../compiler/opcodes.ts";
import { PyCode } from "../../objects/code.ts";
import { EXC, type Result, type Value } from "../../objects/core.ts";
import { fn, newModule } from "../../objects/define.ts";
import { typeError, valueError } from "../../objects/errors.ts";
import { newList } from "../../objects/list.ts";
import { asInt32 } from "../../objects/protocol/convert.ts";
import { newTuple } from "../../objects/tuple.ts";
import { typeOf } from "../../objects/types.ts";

/** Is there an instruction of this number, as compilers may write it? */
function isValid(opcode: number): boolean {
  return opcode >= 0 && opcode <= opcodes.MAX_OPCODE && !opcodes.OPNAME[opcode].startsWith("<");
}
const test =
  (flag: number) =>
  (value: Value): Result => {
    const opcode = asInt32(value);
    return opcode === EXC ? EXC : isValid(opcode) && (opcodes.OPCODE_FLAGS[opcode] & flag) !== 0;
  };
/** Pseudo-instructions that push an exception handler. */
function hasHandler(value: Value): Result {
  return test(opcodes.HAS_HANDLER)(value);
}

function stackEffect(opcodeValue: Value, argument?: Value, jump: Value = null): Result {
  const opcode = asInt32(opcodeValue);
  const oparg = argument === undefined || argument === null ? 0 : asInt32(argument);
  if (opcode === EXC || oparg === EXC) return EXC;
  if (jump !== null && typeof jump !== "boolean") return valueError("stack_effect: jump must be False, True or None");
  const isBase = isValid(opcode) && opcodes.DEOPT[opcode] === opcode;
  if (!isBase) return valueError("invalid opcode or oparg");
  if (jump !== null) return opcodes.stackEffect(opcode, oparg, jump);
  return Math.max(opcodes.stackEffect(opcode, oparg, true), opcodes.stackEffect(opcode, oparg, false));
}

const names = (list: readonly string[]) => fn("($module, /)", () => newList([...list]));

export const _opcodeModule = newModule("_opcode", {
  doc: "Opcode support module.",
  functions: () => ({
    stack_effect: fn(
      "($module, opcode, oparg=None, /, *, jump=None)",
      stackEffect,
      "Compute the stack effect of the opcode.",
    ),
    is_valid: fn("($module, /, opcode)", (value: Value) => {
      const opcode = asInt32(value);
      return opcode === EXC ? EXC : isValid(opcode);
    }),
    has_arg: fn("($module, /, opcode)", test(opcodes.HAS_ARG)),
    has_const: fn("($module, /, opcode)", test(opcodes.HAS_CONST)),
    has_name: fn("($module, /, opcode)", test(opcodes.HAS_NAME)),
    has_jump: fn("($module, /, opcode)", test(opcodes.HAS_JUMP)),
    has_free: fn("($module, /, opcode)", test(opcodes.HAS_FREE)),
    has_local: fn("($module, /, opcode)", test(opcodes.HAS_LOCAL)),
    has_exc: fn("($module, /, opcode)", hasHandler),
    get_intrinsic1_descs: names(opcodes.INTRINSICS_1),
    get_intrinsic2_descs: names(opcodes.INTRINSICS_2),
    get_special_method_names: names(opcodes.SPECIAL_METHODS),
    get_nb_ops: fn("($module, /)", () => newList(opcodes.BINARY_OPS.map(([name, symbol]) => newTuple([name, symbol])))),
    get_specialization_stats: fn("($module, /)", () => null),
    get_executor: fn("($module, /, code, offset)", (code: Value, _offset: Value) =>
      code instanceof PyCode
        ? valueError("no executor exists at that offset")
        : typeError(`expected a code object, not '${typeOf(code).name}'`),
    ),
  }),
  attributes: () => ({ ENABLE_SPECIALIZATION: 1, ENABLE_SPECIALIZATION_FT: 1 }),
});
