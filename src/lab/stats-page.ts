/** The figures of one run, or of two beside each other, as a page and as Markdown. */
import type { Statistics } from "../stats/document.ts";
import { html } from "../stats/html.ts";
import { markdown } from "../stats/markdown.ts";
import { headline, sectionsOf } from "../stats/sections.ts";

/** `title`: null is the programs'. */
export function statsPage(run: Statistics, other: Statistics | null = null, title: string | null = null): string {
  return html(title ?? titleOf(run, other), leadOf(run, other), "", sectionsOf(run, other));
}
export function statsMarkdown(run: Statistics, other: Statistics | null = null, title: string | null = null): string {
  return markdown(title ?? titleOf(run, other), leadOf(run, other), sectionsOf(run, other));
}
function titleOf(run: Statistics, other: Statistics | null): string {
  const name = programTitle(run) ?? "Statistics";
  return other === null ? name : `${name} and ${programTitle(other) ?? "another run"}`;
}
/** The program and its arguments; null: it has no name. */
export function programTitle({ program: [first = "", ...rest] }: Pick<Statistics, "program">): string | null {
  return first === "" ? null : [first.slice(first.lastIndexOf("/") + 1), ...rest].join(" ");
}
const leadOf = (run: Statistics, other: Statistics | null): string =>
  (other === null ? [run] : [run, other]).map(headline).join("; ");
