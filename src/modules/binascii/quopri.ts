/** Quoted-printable (RFC 2045, and RFC 1522's form for headers), as binascii's a2b_qp and b2a_qp do it. */

const MAX_LINE = 76;
const TAB = 9;
const LF = 10;
const CR = 13;
const SPACE = 32;
const DOT = 46;
const EQUALS = 61;
const UNDERSCORE = 95;

function hexDigit(unit: number): number {
  if (unit >= 48 && unit <= 57) return unit - 48;
  if (unit >= 65 && unit <= 70) return unit - 55;
  return unit >= 97 && unit <= 102 ? unit - 87 : -1;
}

export function a2bQp(data: Uint8Array, header: boolean): Uint8Array {
  const result = new Uint8Array(data.length);
  const { length } = data;
  let out = 0;
  let i = 0;
  while (i < length) {
    const unit = data[i++];
    if (unit !== EQUALS) {
      result[out++] = header && unit === UNDERSCORE ? SPACE : unit;
      continue;
    }
    if (i >= length) break;
    if (data[i] === LF || data[i] === CR) {
      // A soft line break: all up to the newline goes.
      while (i < length && data[i] !== LF) i++;
      i++;
    } else if (data[i] === EQUALS) {
      result[out++] = EQUALS;
      i++;
    } else if (i + 1 < length && hexDigit(data[i]) >= 0 && hexDigit(data[i + 1]) >= 0) {
      result[out++] = hexDigit(data[i]) * 16 + hexDigit(data[i + 1]);
      i += 2;
    } else result[out++] = EQUALS;
  }
  return result.subarray(0, out);
}

const HEX = Uint8Array.from("0123456789ABCDEF", (c) => c.charCodeAt(0));

export function b2aQp(data: Uint8Array, quoteTabs: boolean, isText: boolean, header: boolean): number[] {
  const out: number[] = [];
  const { length } = data;
  const newline = data.indexOf(LF);
  const crlf = newline > 0 && data[newline - 1] === CR;
  let lineLength = 0;
  const softBreak = (): void => {
    if (crlf) out.push(EQUALS, CR, LF);
    else out.push(EQUALS, LF);
    lineLength = 0;
  };
  let i = 0;
  while (i < length) {
    const c = data[i];
    if (mustQuote(data, i, lineLength, quoteTabs, isText, header)) {
      if (lineLength + 3 >= MAX_LINE) softBreak();
      out.push(EQUALS, HEX[c >> 4], HEX[c & 15]);
      i++;
      lineLength += 3;
    } else if (isText && (c === LF || (c === CR && i + 1 < length && data[i + 1] === LF))) {
      lineLength = 0;
      const last = out[out.length - 1];
      // White space at the end of a line would get lost.
      if (last === SPACE || last === TAB) {
        out.pop();
        out.push(EQUALS, HEX[last >> 4], HEX[last & 15]);
      }
      if (crlf) out.push(CR);
      out.push(LF);
      i += c === CR ? 2 : 1;
    } else {
      if (i + 1 !== length && data[i + 1] !== LF && lineLength + 1 >= MAX_LINE) softBreak();
      lineLength++;
      out.push(header && c === SPACE ? UNDERSCORE : c);
      i++;
    }
  }
  return out;
}

function mustQuote(
  data: Uint8Array,
  i: number,
  lineLength: number,
  quoteTabs: boolean,
  isText: boolean,
  header: boolean,
): boolean {
  const c = data[i];
  const isLast = i + 1 === data.length;
  if (c > 126 || c === EQUALS || (header && c === UNDERSCORE)) return true;
  // A dot alone on a line would end a mail.
  if (c === DOT && lineLength === 0) {
    if (isLast) return true;
    const next = data[i + 1];
    if (next === LF || next === CR || next === 0) return true;
  }
  if (c === CR || c === LF) return !isText;
  if (c === TAB || c === SPACE) return isLast || quoteTabs;
  return c < 33;
}
