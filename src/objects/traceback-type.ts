/** The behaviour of tracebacks. */
import { EXC, type KwNames, type PyType, type Result, type Value } from "./core.ts";
import { lineAt } from "./code-object/positions.ts";
import { defineType, getset, member, method, parseArgs, signature } from "./define.ts";
import { typeError, valueError } from "./errors.ts";
import { PyFrame } from "./frame.ts";
import { newList } from "./list.ts";
import { asInt32 } from "./protocol/convert.ts";
import { PyTraceback } from "./traceback.ts";
import { tracebackType, typeOf } from "./types.ts";

const SIG = signature("(tb_next, tb_frame, tb_lasti, tb_lineno)");

function tracebackNew(_cls: PyType, args: Value[], kwnames: KwNames): Result {
  const bound = parseArgs(SIG, "traceback", args, kwnames);
  if (bound === EXC) return EXC;
  const [next, frame, lasti, lineno] = bound as Value[];
  if (next !== null && !(next instanceof PyTraceback))
    return typeError(`expected traceback object or None, got '${typeOf(next).name}'`);
  if (!(frame instanceof PyFrame))
    return typeError(`traceback() argument 'tb_frame' must be frame, not ${typeOf(frame).name}`);
  const at = asInt32(lasti);
  const line = asInt32(lineno);
  if (at === EXC || line === EXC) return EXC;
  return new PyTraceback(next, frame, at / 2, line);
}
/** The line, or null for instructions without one. */
export function tracebackLine(tb: PyTraceback): number | null {
  if (tb.lineno >= 0) return tb.lineno;
  const { code } = tb.frame;
  return lineAt(code.spec.linetable, code.firstlineno, tb.pc);
}
function setNext(self: PyTraceback, value: Value | undefined) {
  if (value === undefined) return typeError("can't delete tb_next attribute");
  if (value !== null && !(value instanceof PyTraceback)) {
    return typeError(`expected traceback object, got '${typeOf(value).name}'`);
  }
  for (let tb: PyTraceback | null = value; tb !== null; tb = tb.next) {
    if (tb === self) return valueError("traceback loop detected");
  }
  self.next = value;
  return null;
}
defineType(tracebackType, {
  doc: "Create a new traceback object.",
  textSignature: "(tb_next, tb_frame, tb_lasti, tb_lineno)",
  slots: { tp_new: tracebackNew },
  methods: () => ({
    __dir__: method("($self, /)", () => newList(["tb_frame", "tb_next", "tb_lasti", "tb_lineno"])),
  }),
  members: () => ({
    tb_frame: member((self: PyTraceback) => self.frame),
    tb_lasti: member((self: PyTraceback) => self.pc * 2),
  }),
  getset: () => ({
    tb_next: getset((self: PyTraceback) => self.next, setNext),
    tb_lineno: getset((self: PyTraceback) => tracebackLine(self)),
  }),
});
