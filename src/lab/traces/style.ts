/** How the page of traces looks, in the light and in the dark. */
export const STYLE = `
:root { color-scheme: light dark; --back: light-dark(#fff, #16181d); --text: light-dark(#1c2330, #d8dde6);
  --soft: light-dark(#6b7484, #8b94a5); --rule: light-dark(#e3e6eb, #2a2e37); --panel: light-dark(#f6f7f9, #1b1e25);
  --hot: light-dark(#ff7a1a, #d4570a); --pick: light-dark(#ffe27a, #5c4a00); --accent: light-dark(#0b62d6, #6ea8ff);
  --traced: light-dark(#0a7d4f, #4cc38a); --stuck: light-dark(#b3261e, #ff8a80); }
* { box-sizing: border-box; }
html, body { height: 100%; margin: 0; background: var(--back); color: var(--text); font: 13px/1.45 system-ui, sans-serif; }
body { display: flex; flex-direction: column; }
code, .text, .node, .line, .end, summary { font-family: ui-monospace, "DejaVu Sans Mono", monospace; font-size: 12px; }
header { padding: 10px 16px; border-bottom: 1px solid var(--rule); display: flex; gap: 18px; align-items: baseline; flex-wrap: wrap; }
h1 { font-size: 16px; margin: 0; } h1 code { font-weight: 400; font-size: 13px; } header p { margin: 0; color: var(--soft); }
.keys { margin-left: auto !important; } kbd { border: 1px solid var(--rule); border-radius: 3px; padding: 0 4px; background: var(--panel); font-size: 11px; }
main { flex: 1; min-height: 0; display: grid; grid-template-columns: minmax(180px, 1fr) minmax(260px, 2fr) minmax(420px, 4fr); }
nav, .sources, .units { min-height: 0; overflow: auto; border-right: 1px solid var(--rule); }
nav { padding: 4px 8px 24px; background: var(--panel); }
h2 { font-size: 11px; text-transform: uppercase; letter-spacing: .06em; color: var(--soft); margin: 14px 4px 6px; }
h2 .what { text-transform: none; letter-spacing: 0; font-weight: 400; }
.what, .kind, em { color: var(--soft); } .n { color: var(--soft); font-variant-numeric: tabular-nums; } .entry .n { margin-left: auto; }
.entry { display: flex; gap: 1ch; flex-wrap: wrap; padding: 3px 8px; border-radius: 4px; cursor: pointer; border-left: 4px solid color-mix(in oklab, var(--hot) calc(var(--heat, 0) * 100%), transparent); margin: 1px 0; }
.entry:hover, .entry:focus { background: color-mix(in oklab, var(--accent) 12%, transparent); }
.entry[aria-current] { background: color-mix(in oklab, var(--accent) 22%, transparent); }
nav ul { list-style: none; margin: 0; padding-left: 14px; }
.sources { display: flex; flex-direction: column; } .sources select { margin: 8px; font: inherit; max-width: calc(100% - 16px); }
.file { overflow: auto; flex: 1; padding-bottom: 40vh; }
.line { display: flex; cursor: pointer; background: color-mix(in oklab, var(--hot) calc(var(--heat) * 32%), transparent); width: max-content; min-width: 100%; }
.line i, .line b { font-style: normal; font-weight: 400; color: var(--soft); text-align: right; flex: none; user-select: none; }
.line i { width: 4ch; padding-right: 1ch; } .line b { width: 11ch; padding-right: 1.5ch; }
.line code { white-space: pre; tab-size: 4; padding-right: 2ch; } .line mark { background: var(--accent); color: var(--back); border-radius: 2px; }
.unit { display: grid; grid-template-columns: 1fr 1fr; height: 100%; } .unit[hidden] { display: none; }
.operations, .javascript { overflow: auto; min-height: 0; padding: 0 8px 40vh; border-right: 1px solid var(--rule); }
.node, .js, .end { white-space: pre; padding: 0 6px; border-left: 4px solid color-mix(in oklab, var(--hot) calc(var(--heat, 0) * 100%), transparent); width: max-content; min-width: 100%; cursor: pointer; }
.js:not([data-node]) { color: var(--soft); cursor: default; }
.node.dead { opacity: .45; } .node a { color: var(--accent); } .data { color: var(--traced); }
.end { color: var(--soft); font-style: italic; }
.exit { border: 1px solid var(--rule); border-radius: 8px; padding: 0 6px; font: 11px system-ui, sans-serif; color: var(--soft);
  background: linear-gradient(to right, color-mix(in oklab, var(--hot) 35%, transparent) calc(var(--warmth) * 100%), transparent 0); }
.exit.traced, tr.traced td:last-child { color: var(--traced); } .exit.stuck, tr.stuck td:last-child { color: var(--stuck); } tr.never { color: var(--soft); }
details { margin: 2px 0 4px 12px; border-left: 2px solid var(--traced); padding-left: 6px; } summary { color: var(--traced); cursor: pointer; }
summary .n { margin-left: 1ch; }
table { border-collapse: collapse; font-size: 12px; } th { text-align: left; color: var(--soft); font-weight: 400; } td, th { padding: 2px 10px 2px 4px; border-bottom: 1px solid var(--rule); white-space: nowrap; }
td.n { text-align: right; } tr[data-at] { cursor: pointer; }
.warmth { display: inline-block; width: 44px; height: 8px; border-radius: 4px; border: 1px solid var(--rule); background: linear-gradient(to right, var(--hot) calc(var(--warmth) * 100%), transparent 0); }
.picked { background: var(--pick) !important; } :focus-visible { outline: 2px solid var(--accent); outline-offset: -2px; }
.empty { padding: 8px; color: var(--soft); max-width: 60ch; }
@media (max-width: 900px) { main, .unit { grid-template-columns: 1fr; } main { overflow: auto; } nav, .sources, .units { max-height: 60vh; } }
`;
