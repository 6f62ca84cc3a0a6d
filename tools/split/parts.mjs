/**
 * The parts of the command and the programs that they stand for: command lines after the program's name. The order is
 * that of need: what two parts need is in the earlier one. `touch`, where no program stands for a part: one that needs
 * something of it.
 */
import { fileURLToPath } from "node:url";

const here = fileURLToPath(new URL(".", import.meta.url));

/** The example that `npm start` runs. */
const JOB = ["river_report.py", "data/river_levels.log"].map((name) => `${here}../../examples/${name}`);

export const PARTS = [
  {
    name: "core",
    programs: [[`${here}programs/hello.py`], ["-c", "print(1)"], ["-X", "jit=on", "-c", "print(1)"]],
  },
  {
    name: "library",
    programs: [[`${here}programs/imports.py`], [`${here}programs/usual.py`], JOB, ["-c", "undefined"]],
  },
  { name: "jit", programs: [["-X", "jit=on", "-X", "jit-load-threshold=1", `${here}programs/usual.py`]] },
  { name: "rest", touch: ["-c", "import unicodedata; unicodedata.name('a')"] },
];
