/** The local time zone as JavaScript knows it: offset, abbreviation, summer time. */

/** The zone in force at a moment. Times are asked for their offset far more often than for what it is called. */
class LocalZone {
  readonly offset: number;
  constructor(private readonly at: Date) {
    this.offset = -at.getTimezoneOffset() * 60;
  }
  get name(): string {
    return abbreviation(this.at, this.offset);
  }
  /** Summer time is what is ahead of the smaller of the offsets in January and July. */
  get isDst(): boolean {
    const year = this.at.getFullYear();
    const winter = Math.min(
      -new Date(year, 0, 1).getTimezoneOffset() * 60,
      -new Date(year, 6, 1).getTimezoneOffset() * 60,
    );
    return this.offset > winter;
  }
}
export function zoneOf(epochSeconds: number): {
  readonly offset: number;
  readonly name: string;
  readonly isDst: boolean;
} {
  return new LocalZone(new Date(epochSeconds * 1000));
}

/** Zones that `Date` names in full: asking `Intl` costs a program 15 ms at its start. */
const ABBREVIATIONS: Record<string, string | undefined> = {
  "Coordinated Universal Time": "UTC",
  "Greenwich Mean Time": "GMT",
  "Eastern Standard Time": "EST",
  "Eastern Daylight Time": "EDT",
  "Central Standard Time": "CST",
  "Central Daylight Time": "CDT",
  "Mountain Standard Time": "MST",
  "Mountain Daylight Time": "MDT",
  "Pacific Standard Time": "PST",
  "Pacific Daylight Time": "PDT",
};

function abbreviation(at: Date, offset: number): string {
  const named = ABBREVIATIONS[/\((.*)\)$/.exec(at.toString())?.[1] ?? ""];
  return named ?? abbreviationByIntl(at, offset);
}

function abbreviationByIntl(at: Date, offset: number): string {
  const match = /\b([A-Z]{2,5})$/.exec(new Intl.DateTimeFormat("en-US", { timeZoneName: "short" }).format(at));
  if (match !== null && match[1] !== "AM" && match[1] !== "PM")
    return match[1] === "GMT" && offset === 0 ? "GMT" : match[1];
  const hours = Math.trunc(Math.abs(offset) / 3600);
  const minutes = Math.trunc(Math.abs(offset) / 60) % 60;
  const sign = offset < 0 ? "-" : "+";
  return `${sign}${String(hours).padStart(2, "0")}${minutes === 0 ? "" : String(minutes).padStart(2, "0")}`;
}
