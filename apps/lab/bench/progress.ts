/** How far a long run is: a bar that is drawn over on a terminal, a line a step elsewhere. */
const WIDTH = 24;

export class Progress {
  private done = 0;
  private readonly started = Date.now();

  constructor(
    private readonly total: number,
    private readonly stream: { isTTY?: boolean; write(text: string): unknown } = process.stderr,
  ) {}

  /** `what` begins. */
  step(what: string): void {
    if (this.stream.isTTY) this.stream.write(`\r\x1b[K${this.bar()} ${what}${this.remaining()}`);
    else this.stream.write(`[${this.done + 1}/${this.total}] ${what}\n`);
    this.done++;
  }
  /** A step that there is no more reason for. */
  skip(): void {
    this.done++;
  }
  /** A line that stays. */
  note(text: string): void {
    this.stream.write(`${this.stream.isTTY ? "\r\x1b[K" : ""}${text}\n`);
  }
  end(): void {
    if (this.stream.isTTY) this.stream.write("\r\x1b[K");
  }
  private bar(): string {
    const full = Math.round((WIDTH * this.done) / this.total);
    return `[${"█".repeat(full)}${"·".repeat(WIDTH - full)}] ${this.done}/${this.total}`;
  }
  private remaining(): string {
    if (this.done === 0) return "";
    const seconds = ((Date.now() - this.started) / 1000 / this.done) * (this.total - this.done);
    return `, ${Math.floor(seconds / 60)}:${String(Math.round(seconds % 60)).padStart(2, "0")} left`;
  }
}
