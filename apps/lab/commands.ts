/** The subcommands, by name. */
import type { Command } from "./command.ts";
import { traces } from "./traces.ts";

export const COMMANDS: Readonly<Record<string, Command>> = { traces };
