/** Runs one program under Pyodide (the development dependency) in Node, its folder on the path. */
import { dirname, basename } from "node:path";
import { loadPyodide } from "pyodide";

const [script, ...args] = process.argv.slice(2);
const env = { HOME: "/" };
for (const key of ["BENCH_WARM", "BENCH_MEASURE"]) if (process.env[key]) env[key] = process.env[key];
const python = await loadPyodide({ env });
python.setStdout({ batched: (text) => console.log(text) });
python.FS.mkdirTree("/programs");
python.FS.mount(python.FS.filesystems.NODEFS, { root: dirname(script) }, "/programs");
python.globals.set("arguments", python.toPy([`/programs/${basename(script)}`, ...args]));
python.runPython(`
import runpy, sys
sys.path.insert(0, "/programs")
sys.argv = list(arguments)
runpy.run_path(sys.argv[0], run_name="__main__")
`);
