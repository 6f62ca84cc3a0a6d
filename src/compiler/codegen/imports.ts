/** `import` and `from … import`. */
import type { Alias, Import, ImportFrom } from "../../syntax/ast.ts";
import { int, NONE, str, tuple } from "../consts.ts";
import { checkFutureIsFirst } from "../future.ts";
import { NO_LOCATION } from "../instruction.ts";
import { OP } from "../opcodes.ts";
import type { Compiler } from "./compiler.ts";
import { nameOp, opName } from "./names.ts";

const { IMPORT_NAME, IMPORT_FROM, SWAP, POP_TOP, CALL_INTRINSIC_1 } = OP;
const INTRINSIC_IMPORT_STAR = 2;

export function importStmt(c: Compiler, s: Import): void {
  for (const a of s.names) {
    c.loadConst(s, int(0));
    c.loadConst(s, NONE);
    opName(c, s, IMPORT_NAME, a.name);
    if (a.asname !== null) importAs(c, s, a, a.asname);
    else nameOp(c, s, a.name.split(".", 1)[0], "Store");
  }
}

/** `import a.b.c as d`: the import gives `a`, the rest is fetched name by name. */
function importAs(c: Compiler, s: Import, a: Alias, asname: string): void {
  const parts = a.name.split(".");
  for (let i = 1; i < parts.length; i++) {
    if (i > 1) {
      c.opArg(s, SWAP, 2);
      c.op(s, POP_TOP);
    }
    opName(c, s, IMPORT_FROM, parts[i]);
  }
  nameOp(c, s, asname, "Store");
  if (parts.length > 1) c.op(s, POP_TOP);
}

export function importFrom(c: Compiler, s: ImportFrom): void {
  checkFutureIsFirst(s, c.options.lastFuture, c.options.filename);
  c.loadConst(s, int(s.level));
  c.loadConst(s, tuple(s.names.map((a) => str(a.name))));
  opName(c, s, IMPORT_NAME, s.module ?? "");
  if (s.names.length > 0 && s.names[0].name === "*") {
    c.opArg(s, CALL_INTRINSIC_1, INTRINSIC_IMPORT_STAR);
    c.op(NO_LOCATION, POP_TOP);
    return;
  }
  for (const a of s.names) {
    opName(c, s, IMPORT_FROM, a.name);
    nameOp(c, s, a.asname ?? a.name, "Store");
  }
  c.op(s, POP_TOP);
}
