/**
 * What the page of traces does: source lines, operations and JavaScript lead to each other. Elements carry what links
 * them: `data-unit` (region or baseline function), `data-at` (file and line), `data-node`.
 */
export const SCRIPT = `
"use strict";
const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const one = (selector, root = document) => root.querySelector(selector);
const units = all(".unit");
const files = all(".file");
const select = one("select");
let unit = null;

function showFile(name) {
  for (const file of files) file.hidden = file.dataset.file !== name;
  if (select) select.value = name;
}
function showUnit(name) {
  const found = units.find((other) => other.dataset.unit === name);
  if (!found) return false;
  unit = found;
  for (const other of units) other.hidden = other !== found;
  for (const entry of all(".entry")) entry.removeAttribute("aria-current");
  one('.entry[data-unit="' + name + '"]:not([data-goto])')?.setAttribute("aria-current", "true");
  return true;
}
function clear() {
  for (const element of all(".picked")) element.classList.remove("picked");
  for (const mark of all(".line mark")) mark.replaceWith(mark.textContent);
  for (const code of all(".line code")) code.normalize();
}
function pick(elements, source) {
  for (const element of elements) {
    element.classList.add("picked");
    for (let around = element.parentElement; around; around = around.parentElement) if (around.tagName === "DETAILS") around.open = true;
  }
  const panes = new Set();
  for (const element of elements) {
    const pane = element.closest("[data-pane]");
    if (!pane || panes.has(pane)) continue;
    panes.add(pane);
    if (!source || !pane.contains(source)) element.scrollIntoView({ block: "center", inline: "nearest" });
  }
}
function lineAt(at) {
  if (!at) return [];
  showFile(at.split(":")[0]);
  return all('.line[data-at="' + at + '"]');
}
function markColumns(line, columns) {
  if (!line || !columns) return;
  const [from, to] = columns.split("-").map(Number);
  const code = one("code", line);
  const text = code.textContent;
  const mark = document.createElement("mark");
  mark.textContent = text.slice(from, to);
  code.replaceChildren(text.slice(0, from), mark, text.slice(to));
}
/** A source line's operations: in the region that is shown, else in one that has some. */
function pickLine(at, source) {
  clear();
  const has = (section) => one('[data-at="' + at + '"][data-node]', section);
  if (!unit || !has(unit)) {
    const order = all("nav .entry[data-unit]").map((entry) => entry.dataset.unit);
    const name = order.find((other) => units.some((section) => section.dataset.unit === other && has(section)));
    if (name) showUnit(name);
  }
  const parts = unit ? all('[data-at="' + at + '"][data-node]', unit) : [];
  pick([...lineAt(at), ...parts], source);
}
function pickNode(id, source) {
  clear();
  const parts = all('[data-node="' + id + '"]', unit);
  const node = parts.find((part) => part.classList.contains("node"));
  const lines = lineAt(node?.dataset.at);
  markColumns(lines[0], node?.dataset.columns);
  pick([...lines, ...parts], source);
}
function activate(target) {
  const reference = target.closest("[data-ref]");
  if (reference) return pickNode(reference.dataset.ref, null);
  const entry = target.closest(".entry");
  if (entry) {
    if (entry.dataset.unit) {
      showUnit(entry.dataset.unit);
      clear();
      const first = entry.dataset.goto ?? one(".node[data-at]:not([data-at=''])", unit)?.dataset.node;
      if (first) pickNode(first, null);
    } else if (entry.dataset.at) pickLine(entry.dataset.at, null);
    return;
  }
  const part = target.closest("[data-node]");
  if (part) return pickNode(part.dataset.node, part);
  const line = target.closest("[data-at]");
  if (line) pickLine(line.dataset.at, line);
}
document.addEventListener("click", (event) => {
  if (!event.target.closest("summary, select")) activate(event.target);
});
select?.addEventListener("change", () => showFile(select.value));

const ITEMS = ".entry, .line, .node, .js[data-node], tr[data-at]";
function move(step) {
  const current = document.activeElement.closest?.(ITEMS);
  const pane = current?.closest("[data-pane]") ?? one("nav");
  const items = all(ITEMS, pane).filter((item) => item.offsetParent !== null);
  const next = items[current ? items.indexOf(current) + step : 0];
  next?.focus();
}
function nextUnit(step) {
  const entries = all("nav .entry[data-unit]:not([data-goto]):not(.abort)");
  const at = entries.findIndex((entry) => entry.hasAttribute("aria-current"));
  const entry = entries[(at + step + entries.length) % entries.length];
  if (!entry) return;
  entry.focus();
  activate(entry);
}
function focusPane(number) {
  const panes = [one("nav"), one(".file:not([hidden])"), unit && one(".operations", unit), unit && one(".javascript", unit)];
  const pane = panes[number - 1];
  if (pane) (one(".picked", pane) ?? one(ITEMS, pane))?.focus();
}
const KEYS = {
  ArrowDown: () => move(1),
  ArrowUp: () => move(-1),
  Enter: () => activate(document.activeElement),
  " ": () => activate(document.activeElement),
  Escape: clear,
  n: () => nextUnit(1),
  p: () => nextUnit(-1),
};
for (const number of [1, 2, 3, 4]) KEYS[number] = () => focusPane(number);
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("select, summary")) return;
  const action = KEYS[event.key];
  if (!action) return;
  event.preventDefault();
  action();
});

if (files.length > 0) showFile(files[0].dataset.file);
nextUnit(1);
`;
