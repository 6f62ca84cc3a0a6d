/** What documents of a run call the program: `sys.argv` as it is now. */
import { PyList } from "../objects/list.ts";
import { rt } from "../objects/runtime.ts";

export function programArguments(): string[] {
  const argv = rt.sysDict.getStr("argv");
  return argv instanceof PyList ? argv.storage.map(String) : [];
}
