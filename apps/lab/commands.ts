/** The subcommands, by name. */
import type { Command } from "./command.ts";

export const COMMANDS: Readonly<Record<string, Command>> = {};
