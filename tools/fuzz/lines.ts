/** Programs as trees of lines: what the generator makes, and the shrinker cuts. */
export interface Line {
  readonly text: string;
  /** What stands below it, one step further in. */
  readonly body: readonly Line[];
}
export const line = (text: string, body: readonly Line[] = []): Line => ({ text, body });

export function render(lines: readonly Line[], indent = ""): string {
  return lines.map(({ text, body }) => `${indent}${text}\n${render(body, `${indent}  `)}`).join("");
}
export function countLines(lines: readonly Line[]): number {
  return lines.reduce((sum, { body }) => sum + 1 + countLines(body), 0);
}
