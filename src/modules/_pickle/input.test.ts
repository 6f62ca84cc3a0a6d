import assert from "node:assert/strict";
import test from "node:test";
import { Input, type Source } from "./input.ts";

/** A file in memory that shows at most `window` bytes at a time. */
class Chunks implements Source {
  readonly isStable = true;
  at = 0;
  constructor(
    private readonly text: string,
    private readonly window: number,
  ) {}
  peek(): string | null {
    return this.window === 0 ? null : this.text.substring(this.at, this.at + this.window);
  }
  skip(count: number): void {
    this.at += count;
  }
  read(count: number): string {
    const part = this.text.substring(this.at, this.at + count);
    this.at += part.length;
    return part;
  }
  readline(): string {
    const end = this.text.indexOf("\n", this.at);
    return this.read((end < 0 ? this.text.length : end + 1) - this.at);
  }
}

test("the same is read whatever the file shows at a time, and no more than was used", () => {
  const text = "\x05hello42\n\x01\x02\x03\x04\xff\xff\xff\xffworldrest\n…";
  for (let window = 0; window < 30; window++) {
    const source = new Chunks(text, window);
    const input = new Input("", source);
    assert.equal(input.bytes(input.byte()), "hello");
    assert.equal(input.line(), "42\n");
    assert.equal(input.uint16(), 0x0201);
    assert.equal(input.byte(), 3);
    assert.equal(input.byte(), 4);
    assert.equal(input.int32(), -1);
    assert.equal(input.bytes(5), "world");
    input.finish();
    assert.equal(source.at, text.indexOf("rest"), `window ${window}`);
    assert.equal(input.line(), "rest\n");
  }
});
