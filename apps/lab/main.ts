/** The command `sidewinder-lab`: what a program does under Sidewinder, as pages, charts and data. */
import { LabError } from "../../src/lab/error.ts";
import { UsageError } from "./command.ts";
import { COMMANDS } from "./commands.ts";

const NAME = "sidewinder-lab";

function help(): string {
  const width = Math.max(0, ...Object.keys(COMMANDS).map((name) => name.length));
  const lines = Object.entries(COMMANDS).map(([name, { summary }]) => `  ${name.padEnd(width)}  ${summary}`);
  return `usage: ${NAME} COMMAND [option] ... [arg] ...\n\n${lines.join("\n")}\n\n\`${NAME} COMMAND --help\` tells more.\n`;
}

async function main(args: readonly string[]): Promise<number> {
  const [name, ...rest] = args;
  if (name === undefined || name === "-h" || name === "--help" || name === "help") {
    process.stdout.write(help());
    return name === undefined ? 2 : 0;
  }
  if (!Object.hasOwn(COMMANDS, name)) {
    throw new UsageError(`no command '${name}'; there are ${Object.keys(COMMANDS).join(", ")}`);
  }
  if (rest[0] === "-h" || rest[0] === "--help") {
    process.stdout.write(COMMANDS[name].help);
    return 0;
  }
  return COMMANDS[name].run(rest);
}

// Whoever reads may have seen enough (`| head`).
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  process.exit(0);
});
main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    if (error instanceof UsageError) {
      process.stderr.write(`${NAME}: ${error.message}\nTry \`${NAME} --help'.\n`);
      process.exitCode = 2;
    } else if (error instanceof LabError) {
      process.stderr.write(`${NAME}: ${error.message}\n`);
      process.exitCode = 1;
    } else throw error;
  },
);
