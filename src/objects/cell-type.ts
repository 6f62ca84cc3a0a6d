/** The behaviour of `cell`. */
import { PyCell } from "./cell.ts";
import { type CompareOp, EXC, type PyType, type Value } from "./core.ts";
import { defineType, getset, parseArgs, signature } from "./define.ts";
import { valueError } from "./errors.ts";
import { idText, richCompare } from "./protocol/object.ts";
import { NotImplemented } from "./singletons.ts";
import { cellType, typeOf } from "./types.ts";

const SIG = signature("(contents=<unrepresentable>, /)");

function compare(a: PyCell, b: Value, op: CompareOp) {
  if (!(b instanceof PyCell)) return NotImplemented;
  if (a.value !== undefined && b.value !== undefined) return richCompare(a.value, b.value, op);
  // Empty cells come before all others.
  return richCompare(a.value === undefined ? 0 : 1, b.value === undefined ? 0 : 1, op);
}
defineType(cellType, {
  textSignature: "([contents])",
  doc: "Create a new cell object.\n\n  contents\n    the contents of the cell. If not specified, the cell will be empty,\n    and \n further attempts to access its cell_contents attribute will\n    raise a ValueError.",
  slots: {
    tp_new: (_cls: PyType, args, kwnames) => {
      const bound = parseArgs(SIG, "cell", args, kwnames);
      return bound === EXC ? EXC : new PyCell(bound[0]);
    },
    tp_richcompare: compare,
    tp_repr: (self: PyCell) =>
      self.value === undefined
        ? `<cell at 0x${idText(self)}: empty>`
        : `<cell at 0x${idText(self)}: ${typeOf(self.value).name} object at 0x${idText(self.value)}>`,
  },
  getset: () => ({
    cell_contents: getset(
      (self: PyCell) => (self.value === undefined ? valueError("cell is empty") : self.value),
      (self: PyCell, value) => {
        self.value = value;
        return null;
      },
    ),
  }),
});
