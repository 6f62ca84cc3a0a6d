/**
 * Input from a terminal that Ctrl-C can interrupt: a blocking read could not be, so the terminal is opened again without
 * blocking, and the wait for input is one that Node can break.
 */
import { constants, openSync } from "node:fs";
import type { OpenFile } from "../../src/api/index.ts";
import { NodeFile } from "../../src/host/node/files.ts";

export function terminalInput(stdin: OpenFile): OpenFile {
  if (!stdin.isTerminal) return stdin;
  try {
    const fd = openSync("/dev/tty", constants.O_RDONLY | constants.O_NONBLOCK);
    return new NodeFile(fd, stdin.flags, true);
  } catch {
    return stdin;
  }
}
