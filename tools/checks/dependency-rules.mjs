/**
 * The allowed directions between folders, as data. `docs/architecture.md` explains them; `dependencies.mjs` checks
 * them. A folder may import itself and what is listed; the longest matching entry counts.
 */

/** @type {Record<string, readonly string[]>} */
export const ALLOWED = {
  "src/unicode": [],
  "src/syntax": ["src/unicode"],
  "src/compiler": ["src/syntax"],
  "src/host": [],
  "src/host/node": ["src/host"],
  "src/host/web": ["src/host"],
  "src/events": [],
  "src/stats": ["src/events"],
  "src/objects": ["src/compiler", "src/syntax", "src/host", "src/unicode"],
  "src/builtins": ["src/objects", "src/compiler", "src/syntax", "src/host", "src/unicode"],
  "src/modules": ["src/objects", "src/builtins", "src/compiler", "src/syntax", "src/host", "src/unicode"],
  "src/importlib": ["src/objects", "src/builtins", "src/modules", "src/compiler", "src/syntax", "src/host"],
  "src/ops": ["src/objects", "src/builtins", "src/compiler", "src/interp"],
  "src/generated": ["src/ops", "src/objects", "src/builtins", "src/compiler", "src/interp", "src/stats"],
  "src/interp": [
    "src/generated",
    "src/ops",
    "src/objects",
    "src/builtins",
    "src/compiler",
    "src/syntax",
    "src/host",
    "src/events",
    "src/stats",
  ],
  "src/jit": ["src/interp", "src/generated", "src/objects", "src/compiler", "src/host", "src/events", "src/stats"],
  "src/profile": ["src/events", "src/stats"],
  "src/lab": ["src/events", "src/stats", "src/profile"],
  "src/api": ["src"],
  apps: ["src/api", "src/host", "src/stats", "src/events", "src/profile", "src/lab"],
  tools: ["src", "apps"],
  test: ["src", "apps", "tools", "bench"],
  bench: ["src", "tools"],
};

/** Where Node's own modules may be imported. */
export const NODE_ALLOWED = ["src/host/node", "apps", "tools", "test", "bench"];

/**
 * Files of one folder may import each other in a circle, folders may not: docs/decisions/0002. Each native module is a
 * folder of its own.
 */
export const folderOf = (file) => /^src\/modules\/[^/]+\/|^[^/]+\/[^/]+\//.exec(file)?.[0] ?? file;
