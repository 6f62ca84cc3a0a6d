/** A document on its way in: the text that is not parsed yet, its encoding, and where each character stood. */
import { ERROR } from "./codes.ts";
import { type Decoder, UTF8, detected, isUndecided, knownDecoder } from "./decoders.ts";

export interface Place {
  /** From 0. */
  line: number;
  column: number;
}

export class Input {
  text = "";
  /** null until the first bytes have told it. */
  decoder: Decoder | null = null;
  /** Bytes of a character that is not complete. */
  private rest = "";
  /** Bytes that `text` came from, kept while a declaration may change the encoding. */
  private raw: string | null = "";
  /** Where `text` begins. */
  private baseByte = 0;
  private base: Place = { line: 0, column: 0 };
  /** Some character lies beyond the BMP: text must be looked at before it becomes a Python str. */
  hasAstral = false;
  /** Each unit of the text is a character and was a byte. */
  private hasSingles = true;

  /** The encoding that the caller named, whatever the document says. */
  given: Decoder | null = null;

  append(bytes: string, isFinal: boolean): void {
    let chunk = this.rest === "" ? bytes : this.rest + bytes;
    if (this.raw !== null) this.raw += bytes;
    if (this.decoder === null) {
      if (!isFinal && isUndecided(chunk)) {
        this.rest = chunk;
        return;
      }
      this.decoder = this.choose(chunk);
    }
    chunk = this.decodeMore(chunk);
    this.text = this.text === "" ? chunk : this.text + chunk;
  }
  private choose(bytes: string): Decoder {
    if (this.given !== null && knownDecoder(this.given.name) === undefined) return this.given;
    return detected(bytes) ?? this.given ?? UTF8;
  }
  private decodeMore(bytes: string): string {
    const { decode, unit } = this.decoder as Decoder;
    const { text, rest } = decode(bytes);
    this.rest = rest;
    if (unit !== 1 || text.length !== bytes.length - rest.length) this.hasSingles = false;
    if (!this.hasSingles && !this.hasAstral && /[\ud800-\udfff]/.test(text)) this.hasAstral = true;
    return text;
  }

  /** The declaration, which ends at `at`, names another encoding of the same unit. */
  switchTo(decoder: Decoder, at: number): void {
    const raw = this.raw as string;
    const done = (this.decoder as Decoder).byteLength(this.text, 0, at);
    this.decoder = decoder;
    this.text = this.text.slice(0, at) + this.decodeMore(raw.slice(done));
    this.settle();
  }
  /** The encoding does not change any more. */
  settle(): void {
    this.raw = null;
  }

  /** What is wrong when the document ends here; 0: no character is cut off. */
  get cutOff(): number {
    if (this.rest === "") return 0;
    return this.decoder?.unit === 2 && this.rest.length === 1 ? ERROR.UNCLOSED_TOKEN : ERROR.PARTIAL_CHAR;
  }
  /** Bytes that are not parsed yet, when parsing stands at `at`. */
  pending(at: number): number {
    return this.byteLength(at, this.text.length) + this.rest.length;
  }

  private byteLength(start: number, end: number): number {
    if (this.hasSingles) return end - start;
    return this.decoder === null ? 0 : this.decoder.byteLength(this.text, start, end);
  }
  byteIndex(at: number): number {
    return this.baseByte + this.byteLength(0, at);
  }
  place(at: number): Place {
    return advance(this.base, this.text, at, this.hasAstral);
  }

  /** Forgets the text before `at`. */
  discard(at: number): void {
    if (at === 0) return;
    const bytes = this.byteLength(0, at);
    this.baseByte += bytes;
    if (this.raw !== null) this.raw = this.raw.slice(bytes);
    this.base = advance(this.base, this.text, at, this.hasAstral);
    this.text = this.text.slice(at);
  }
}

/** The place `end` units into `text`, which begins at `from`. A line ends with LF, CR or both. */
function advance(from: Place, text: string, end: number, hasPairs: boolean): Place {
  let { line } = from;
  let lineStart = -1;
  if (text.includes("\r")) {
    for (let i = 0; i < end; i++) {
      const unit = text.charCodeAt(i);
      if (unit !== 10 && unit !== 13) continue;
      if (unit === 13 && text.charCodeAt(i + 1) === 10 && i + 1 < end) i++;
      line++;
      lineStart = i + 1;
    }
  } else {
    for (let i = text.indexOf("\n"); i >= 0 && i < end; i = text.indexOf("\n", i + 1)) {
      line++;
      lineStart = i + 1;
    }
  }
  const start = Math.max(lineStart, 0);
  const count = end - start - (hasPairs ? pairs(text, start, end) : 0);
  return { line, column: lineStart < 0 ? from.column + count : count };
}
/** Surrogate pairs: each is one character. */
function pairs(text: string, start: number, end: number): number {
  let count = 0;
  for (let i = start; i < end; i++) {
    const unit = text.charCodeAt(i);
    if (unit >= 0xdc00 && unit < 0xe000) count++;
  }
  return count;
}
