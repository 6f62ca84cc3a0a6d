/**
 * Makes `src/generated/` and `docs/opcodes.md` of the operations in `src/ops`. Run by `npm run generate`; CI fails when
 * what is checked in differs.
 */
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { writeBaseline } from "./baseline.ts";
import { readDefinitions } from "./definitions.ts";
import { writeInstructions } from "./instructions.ts";
import { writeInterpreter } from "./interpreter.ts";
import { writeMetadata } from "./metadata.ts";
import { writeOpcodeDocs } from "./opcode-docs.ts";

const root = join(import.meta.dirname, "../..");
const opsDir = join(root, "src/ops");
const notOperations = new Set(["language.ts", "context.ts"]);
const files = readdirSync(opsDir)
  .filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts") && !notOperations.has(name))
  .sort();
const definitions = readDefinitions(files.map((name) => ({ name, text: readFileSync(join(opsDir, name), "utf8") })));
const template = readFileSync(join(root, "tools/generate/loop.template.txt"), "utf8");
writeFileSync(join(root, "src/generated/interpreter.ts"), writeInterpreter(definitions, template, "plain"));
writeFileSync(join(root, "src/generated/recording.ts"), writeInterpreter(definitions, template, "recording"));
writeFileSync(join(root, "src/generated/monitored.ts"), writeInterpreter(definitions, template, "monitored"));
writeFileSync(join(root, "src/generated/instructions.ts"), writeInstructions(definitions));
writeFileSync(join(root, "src/generated/baseline.ts"), writeBaseline(definitions));
writeFileSync(join(root, "src/generated/metadata.ts"), writeMetadata(definitions));
writeFileSync(join(root, "docs/opcodes.md"), writeOpcodeDocs(definitions));
console.log(`${definitions.instructions.length} instructions from ${files.length} files`);
