/** A subcommand's options and operands; what is wrong with them is a `UsageError`. */
import { type ParseArgsConfig, parseArgs } from "node:util";
import { UsageError } from "./command.ts";

type OptionTable = NonNullable<ParseArgsConfig["options"]>;

/**
 * With `stopsAtOperand`, what follows the first operand belongs to it: a program's own arguments, options too. The
 * program may also be `-m MODULE` or `-c COMMAND`.
 */
export function argumentsOf<T extends OptionTable>(args: readonly string[], options: T, stopsAtOperand = false) {
  const end = stopsAtOperand ? firstOperand(args, options) : args.length;
  try {
    const { values, positionals } = parseArgs({
      args: args.slice(0, end),
      options,
      allowPositionals: true,
      strict: true,
    });
    return { values, operands: [...positionals, ...args.slice(end)] };
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

/** Index of the first argument that is neither an option nor an option's value. */
function firstOperand(args: readonly string[], options: OptionTable): number {
  for (let i = 0; i < args.length; i++) {
    const argument = args[i];
    if (argument === "--") return i + 1;
    if (/^-[mc]?$/.test(argument) || !argument.startsWith("-")) return i;
    const [name, option] =
      Object.entries(options).find(([long, { short }]) => argument === `--${long}` || argument === `-${short}`) ?? [];
    if (name !== undefined && option?.type === "string") i++;
  }
  return args.length;
}

/** A number from an option; `fallback` where it is not given. */
export function numberOption(name: string, text: string | undefined, fallback: number): number {
  if (text === undefined) return fallback;
  const value = Number(text);
  if (text.trim() === "" || !Number.isFinite(value) || value < 0) {
    throw new UsageError(`--${name}: a number is needed, not '${text}'`);
  }
  return value;
}
