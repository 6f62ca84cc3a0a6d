import assert from "node:assert/strict";
import { test } from "node:test";
import { errnoOf } from "../errno.ts";
import { HostError, O_APPEND, O_CREAT, O_EXCL, O_RDWR, O_TRUNC, O_WRONLY, SEEK_END, SEEK_SET } from "../host.ts";
import { MemoryFiles } from "./files.ts";

const bytes = (text: string): Uint8Array => Uint8Array.from(text, (c) => c.charCodeAt(0));
const failsWith = (name: string, run: () => void): void => {
  assert.throws(run, (error) => error instanceof HostError && error.errno === errnoOf(name));
};

test("files: write, seek, append, truncate", () => {
  const files = new MemoryFiles();
  const file = files.open("/a", O_RDWR | O_CREAT, 0o644);
  assert.equal(file.write(bytes("hello world")), 11);
  assert.equal(file.seek?.(-5, SEEK_END), 6);
  const buffer = new Uint8Array(10);
  assert.equal(file.read(buffer), 5);
  files.open("/a", O_WRONLY | O_APPEND, 0).write(bytes("!"));
  file.truncate?.(3);
  file.seek?.(5, SEEK_SET);
  file.write(bytes("x"));
  assert.deepEqual([...files.readFile("/a")], [104, 101, 108, 0, 0, 120]);
  files.open("/a", O_WRONLY | O_TRUNC, 0);
  assert.equal(files.stat("/a").size, 0);
  failsWith("EEXIST", () => files.open("/a", O_WRONLY | O_CREAT | O_EXCL, 0));
});

test("directories, links, renames", () => {
  const files = new MemoryFiles();
  files.writeFile("/d/e/f", "text");
  files.chdir("/d");
  files.symlink("e/f", "/d/link");
  assert.equal(files.stat("link").size, 4);
  assert.equal(files.lstat("link").mode & 0o170000, 0o120000);
  failsWith("ENOTEMPTY", () => files.rmdir("/d/e"));
  files.rename("e/f", "../g");
  failsWith("ENOENT", () => files.stat("link"));
  files.rmdir("e");
  assert.deepEqual(
    files
      .readdir("/")
      .map((e) => e.name)
      .sort(),
    ["d", "g"],
  );
  failsWith("EINVAL", () => files.rename("/d", "/d/x"));
  files.symlink("loop", "/loop");
  failsWith("ELOOP", () => files.stat("/loop"));
  failsWith("ENOTDIR", () => files.stat("/g/x"));
});
