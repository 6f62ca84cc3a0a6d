/**
 * The door of `sidewinder/lab`: the Lab's pages and charts, from documents to HTML, SVG and Markdown, in any JavaScript
 * engine. Documents are what an interpreter has observed (`Python.observed`) or, read by the functions here, files that
 * the commands have written.
 */
export {
  type Json,
  mergedCoverage,
  readCoverage,
  readLines,
  readProfiles,
  readStatistics,
  readTraces,
} from "./documents.ts";
export { LabError } from "./error.ts";
export { statsMarkdown, statsPage } from "./stats-page.ts";
export { linesPage } from "../profile/lines-html.ts";
export { linesMarkdown } from "../profile/lines-markdown.ts";
export { tracesPage } from "./traces/page.ts";
export { coverageChart, coverageMarkdown } from "../profile/coverage.ts";
export { profileChart, profileMarkdown } from "../profile/chart.ts";
export { type Results, readResults } from "./compare/results.ts";
export { type Report, comparisonReport } from "./compare/report.ts";
export { ablationReport } from "./compare/ablation.ts";
export type { TracesDocument } from "../events/traces.ts";
export type { CoverageDocument } from "../profile/coverage.ts";
export type { Profile } from "../profile/profile.ts";
export type { Statistics } from "../stats/document.ts";
export type { LinesDocument } from "../stats/lines.ts";
