/**
 * The position table of code objects (`co_linetable`).
 * Source: CPython's InternalDocs/code_objects.md, "The locations table"; PEP 657.
 */

/** Line numbers from 1, columns from 0; null where there is none. */
export interface CodePosition {
  line: number | null;
  endLine: number | null;
  column: number | null;
  endColumn: number | null;
}

const NO_POSITION: CodePosition = { line: null, endLine: null, column: null, endColumn: null };

/** Visits the table's entries: `units` code units from `start` on have this position. */
export function eachPosition(
  table: Uint8Array,
  firstLine: number,
  visit: (start: number, units: number, position: CodePosition) => void,
): void {
  let at = 0;
  let line = firstLine;
  let start = 0;
  const varint = (): number => {
    let byte = table[at++];
    let value = byte & 63;
    for (let shift = 6; (byte & 64) !== 0; shift += 6) {
      byte = table[at++];
      value |= (byte & 63) << shift;
    }
    return value;
  };
  const signed = (): number => {
    const value = varint();
    return (value & 1) !== 0 ? -(value >> 1) : value >> 1;
  };
  while (at < table.length) {
    const head = table[at++];
    const units = (head & 7) + 1;
    const kind = (head >> 3) & 15;
    let position = NO_POSITION;
    if (kind <= 9) {
      const byte = table[at++];
      const column = (kind << 3) | (byte >> 4);
      position = { line, endLine: line, column, endColumn: column + (byte & 15) };
    } else if (kind <= 12) {
      line += kind - 10;
      const column = table[at++];
      position = { line, endLine: line, column, endColumn: table[at++] };
    } else if (kind === 13) {
      line += signed();
      position = { line, endLine: line, column: null, endColumn: null };
    } else if (kind === 14) {
      line += signed();
      const endLine = line + varint();
      const column = varint() - 1;
      const endColumn = varint() - 1;
      position = { line, endLine, column: column < 0 ? null : column, endColumn: endColumn < 0 ? null : endColumn };
    }
    visit(start, units, position);
    start += units;
  }
}

/** The position of one code unit. */
export function positionAt(table: Uint8Array, firstLine: number, unit: number): CodePosition {
  let found = NO_POSITION;
  eachPosition(table, firstLine, (start, units, position) => {
    if (unit >= start && unit < start + units) found = position;
  });
  return found;
}
/** The line of one code unit, or null. */
export function lineAt(table: Uint8Array, firstLine: number, unit: number): number | null {
  return positionAt(table, firstLine, unit).line;
}
