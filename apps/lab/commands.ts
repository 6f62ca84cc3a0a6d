/** The subcommands, by name. */
import { ablate } from "./ablate.ts";
import { bench } from "./bench.ts";
import { coverage } from "./coverage.ts";
import type { Command } from "./command.ts";
import { compare } from "./compare.ts";
import { lines } from "./lines.ts";
import { profile } from "./profile.ts";
import { stats } from "./stats.ts";
import { traces } from "./traces.ts";

export const COMMANDS: Readonly<Record<string, Command>> = {
  stats,
  profile,
  lines,
  coverage,
  traces,
  bench,
  compare,
  ablate,
};
