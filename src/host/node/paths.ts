/** Paths between Python's and Node's form: bytes that are no UTF-8 are U+DC80…U+DCFF there, a Buffer here. */

const ESCAPED = /[\ud800-\udfff]/;

/** What Node's functions take. */
export function toNodePath(path: string): string | Buffer {
  if (!ESCAPED.test(path)) return path;
  const parts: Buffer[] = [];
  for (let i = 0; i < path.length; ) {
    const point = path.codePointAt(i) as number;
    const escaped = point >= 0xdc80 && point <= 0xdcff;
    parts.push(escaped ? Buffer.from([point - 0xdc00]) : Buffer.from(String.fromCodePoint(point), "utf8"));
    i += point > 0xffff ? 2 : 1;
  }
  return Buffer.concat(parts);
}

/** A name as the system gives it. */
export function fromNodePath(name: Buffer | string): string {
  if (typeof name === "string") return name;
  const text = name.toString("utf8");
  if (!text.includes("\ufffd") || Buffer.from(text, "utf8").equals(name)) return text;
  return escapeInvalid(name);
}

function escapeInvalid(name: Buffer): string {
  let out = "";
  for (let i = 0; i < name.length; ) {
    let size = 0;
    for (let n = 4; n >= 1 && size === 0; n--) {
      if (i + n > name.length) continue;
      const text = name.subarray(i, i + n).toString("utf8");
      const points = [...text];
      if (points.length === 1 && points[0] !== "\ufffd" && Buffer.byteLength(text) === n) {
        size = n;
        out += text;
      }
    }
    if (size === 0) out += String.fromCharCode(0xdc00 + name[i]);
    i += size || 1;
  }
  return out;
}
