/**
 * Loaded before the command by `sidewinder-lab profile`: V8's profiler from the first line on, in the process of the
 * run, and its profile in a file at the end.
 */
import { writeFileSync } from "node:fs";
import { Session } from "node:inspector";

const FILE = "SIDEWINDER_LAB_PROFILE";
const INTERVAL = "SIDEWINDER_LAB_INTERVAL";

const { [FILE]: file, [INTERVAL]: interval } = process.env;
// The program's environment is its own.
delete process.env[FILE];
delete process.env[INTERVAL];

if (file !== undefined) {
  const session = new Session();
  session.connect();
  session.post("Profiler.enable");
  session.post("Profiler.setSamplingInterval", { interval: Number(interval) });
  session.post("Profiler.start");
  process.once("exit", () => {
    session.post("Profiler.stop", (error, result) => {
      if (error === null) writeFileSync(file, JSON.stringify(result.profile));
    });
  });
}
