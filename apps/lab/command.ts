/** What a subcommand of `sidewinder-lab` is: one file each, listed in `commands.ts`. */
export interface Command {
  /** One line for `sidewinder-lab --help`. */
  readonly summary: string;
  /** All of `sidewinder-lab NAME --help`. */
  readonly help: string;
  /** `args`: what stands after the name. Gives the exit code; throws `UsageError` and `LabError`. */
  run(args: readonly string[]): number | Promise<number>;
}

/** The command line is wrong: exit code 2, with a hint at the help. */
export class UsageError extends Error {}
