/** Runs one program under Pyodide (the npm package) in Node: its folder and those of PYTHONPATH are on the path. */
import { basename, dirname } from "node:path";
import { loadPyodide } from "pyodide";

const [script, ...args] = process.argv.slice(2);
if (script === "-c") process.exit(0);
const { BENCH_SECONDS = "1", PYTHONPATH = "" } = process.env;
const python = await loadPyodide({ env: { HOME: "/", BENCH_SECONDS } });
python.setStdout({ batched: (text) => console.log(text) });
const folders = [dirname(script), ...PYTHONPATH.split(":").filter((folder) => folder !== "")];
folders.forEach((root, i) => {
  python.FS.mkdirTree(`/folder${i}`);
  python.FS.mount(python.FS.filesystems.NODEFS, { root }, `/folder${i}`);
});
python.globals.set("arguments", python.toPy([`/folder0/${basename(script)}`, ...args]));
python.globals.set("folders", python.toPy(folders.map((_, i) => `/folder${i}`)));
python.runPython(`
import runpy, sys
sys.path[:0] = folders
sys.argv = list(arguments)
runpy.run_path(sys.argv[0], run_name="__main__")
`);
