#!/usr/bin/env node
"use strict";
/* The launcher of the Lab: pages and charts of what a program does under Sidewinder. */
const { existsSync } = require("node:fs");
const { join } = require("node:path");

const bundle = join(__dirname, "..", "dist", "lab.cjs");
if (!existsSync(bundle)) {
  process.stderr.write("sidewinder-lab is not built: run `npm run build` in its folder\n");
  process.exit(70);
}
require(bundle);
