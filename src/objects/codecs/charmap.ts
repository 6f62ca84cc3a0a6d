/** Codecs given by a table: `charmap_decode`, `charmap_encode`, `charmap_build`. */
import { EXC, PyObject, type Value } from "../core.ts";
import { PyBytes } from "../bytes.ts";
import { newType } from "../define.ts";
import { catches, clearException, typeError } from "../errors.ts";
import { lookupErrorType } from "../exceptions/types.ts";
import { method } from "../native.ts";
import { getItem } from "../protocol/sequence.ts";
import { type Str, pointAt, strFromPoints } from "../str/astral.ts";
import { typeOf } from "../types.ts";
import { intValue, strValue } from "../values.ts";
import type { Decoding, Encoding } from "./coding.ts";

/** What `charmap_build` makes: code point → byte. */
export class PyEncodingMap extends PyObject {
  constructor(readonly bytes: Map<number, number>) {
    super(encodingMapType.shapes);
  }
}
export const encodingMapType = newType("EncodingMap", {
  methods: () => ({
    size: method(
      "($self, /)",
      (self: PyEncodingMap) => 16 + self.bytes.size * 2,
      "Return the size (in bytes) of this object.",
    ),
  }),
});

/** The inverse of a decoding table. */
export function buildEncodingMap(table: Str): PyEncodingMap {
  const bytes = new Map<number, number>();
  for (let i = 0; i < Math.min(table.length, 256); i++) {
    const point = pointAt(table, i);
    if (point !== 0xfffe) bytes.set(point, i);
  }
  return new PyEncodingMap(bytes);
}

const UNDEFINED = "character maps to <undefined>";

/** False when an exception is pending. */
export function decodeCharmap(d: Decoding, mapping: Value): boolean {
  const table = strValue(mapping);
  return table !== undefined ? decodeTable(d, table) : decodeMapping(d, mapping);
}
function decodeTable(d: Decoding, table: Str): boolean {
  while (d.position < d.data.length) {
    if (decodeBlock(d, table) || d.position >= d.data.length) continue;
    if (!d.fail(d.position, d.position + 1, UNDEFINED)) return false;
  }
  return true;
}
/** Decodes a block; false at a byte that the table does not know. */
function decodeBlock(d: Decoding, table: Str): boolean {
  const { data, points, position } = d;
  const to = Math.min(position + points.length, data.length);
  let i = position;
  for (; i < to; i++) {
    const byte = data.charCodeAt(i);
    const point = byte < table.length ? pointAt(table, byte) : 0xfffe;
    if (point === 0xfffe) break;
    points[i - position] = point;
  }
  d.out.push(strFromPoints(points, 0, i - position));
  d.position = i;
  return i === to;
}
function decodeMapping(d: Decoding, mapping: Value): boolean {
  while (d.position < d.data.length) {
    const at = d.position;
    const byte = d.data.charCodeAt(at);
    const mapped = lookUp(mapping, byte);
    if (mapped === EXC) return false;
    const number = mapped === null ? undefined : intValue(mapped);
    const text = mapped === null ? undefined : strValue(mapped);
    if (mapped === null || number === 0xfffe || text === "\ufffe") {
      if (!d.fail(at, at + 1, UNDEFINED)) return false;
    } else if (number !== undefined) {
      if (number < 0 || number > 0x10ffff) {
        typeError("character mapping must be in range(0x110000)");
        return false;
      }
      d.out.pushPoint(number as number);
      d.position++;
    } else if (text !== undefined) {
      d.out.push(text);
      d.position++;
    } else {
      typeError("character mapping must return integer, None or str");
      return false;
    }
  }
  return true;
}

/** The mapping's answer; a LookupError means None: undefined. */
function lookUp(mapping: Value, key: number): Value | typeof EXC {
  const found = getItem(mapping, key);
  if (found !== EXC) return found;
  if (!catches(lookupErrorType)) return EXC;
  clearException();
  return null;
}

/** The bytes for one code point; null when there are none. */
function encodePoint(mapping: Value, point: number): string | null | typeof EXC {
  if (mapping instanceof PyEncodingMap) {
    const byte = mapping.bytes.get(point);
    return byte === undefined ? null : String.fromCharCode(byte);
  }
  const found = lookUp(mapping, point);
  if (found === EXC || found === null) return found;
  const number = intValue(found);
  if (number !== undefined) {
    if (number < 0 || number > 255) return typeError("character mapping must be in range(256)");
    return String.fromCharCode(number as number);
  }
  if (found instanceof PyBytes) return found.latin1;
  return typeError(`character mapping must return integer, bytes or None, not ${typeOf(found).name}`);
}

export function encodeCharmap(e: Encoding, mapping: Value): boolean {
  const { text } = e;
  const encodeReplacement = (t: Str): string | null | undefined => {
    let out = "";
    for (let i = 0; i < t.length; i++) {
      const bytes = encodePoint(mapping, pointAt(t, i));
      if (bytes === EXC) return null;
      if (bytes === null) return undefined;
      out += bytes;
    }
    return out;
  };
  while (e.position < text.length) {
    const at = e.position;
    const bytes = encodePoint(mapping, pointAt(text, at));
    if (bytes === EXC) return false;
    if (bytes !== null) {
      e.out += bytes;
      e.position++;
      continue;
    }
    let end = at + 1;
    for (; end < text.length; end++) {
      const next = encodePoint(mapping, pointAt(text, end));
      if (next === EXC) return false;
      if (next !== null) break;
    }
    if (!e.fail(at, end, UNDEFINED, encodeReplacement)) return false;
  }
  return true;
}
