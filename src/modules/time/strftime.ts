/** `strftime` in the C locale, with glibc's directives and flags. Source: C17 7.27.3.5, strftime(3). */
import { type Civil, isoWeek } from "./calendar.ts";

export interface Moment extends Civil {
  zone: string;
  /** Seconds east of UTC; undefined when unknown. */
  offset: number | undefined;
  epoch: number;
}

const DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const MONTHS = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
];
const name = (names: readonly string[], index: number): string => names[index] ?? "?";

/** A number with how it is padded unless a flag says otherwise. */
interface Field {
  value: number;
  width: number;
  pad: string;
}
const number = (value: number, width: number, pad = "0"): Field => ({ value, width, pad });

function offsetText(offset: number | undefined): string {
  if (offset === undefined) return "";
  const minutes = Math.floor(Math.abs(offset) / 60);
  const text = String(Math.floor(minutes / 60)).padStart(2, "0") + String(minutes % 60).padStart(2, "0");
  return (offset < 0 ? "-" : "+") + text;
}

const COMPOSITES: Record<string, string> = {
  c: "%a %b %e %H:%M:%S %Y",
  D: "%m/%d/%y",
  F: "%Y-%m-%d",
  r: "%I:%M:%S %p",
  R: "%H:%M",
  T: "%H:%M:%S",
  x: "%m/%d/%y",
  X: "%H:%M:%S",
};

function directive(c: string, at: Moment): Field | string | undefined {
  const hour12 = at.hour % 12 === 0 ? 12 : at.hour % 12;
  switch (c) {
    case "a":
      return name(DAYS, at.weekday).slice(0, 3);
    case "A":
      return name(DAYS, at.weekday);
    case "b":
    case "h":
      return name(MONTHS, at.month - 1).slice(0, 3);
    case "B":
      return name(MONTHS, at.month - 1);
    case "C":
      return number(Math.floor(at.year / 100), 1);
    case "d":
      return number(at.day, 2);
    case "e":
      return number(at.day, 2, " ");
    case "g":
      return number(((isoWeek(at).year % 100) + 100) % 100, 2);
    case "G":
      return number(isoWeek(at).year, 1);
    case "H":
      return number(at.hour, 2);
    case "I":
      return number(hour12, 2);
    case "j":
      return number(at.yearday, 3);
    case "k":
      return number(at.hour, 2, " ");
    case "l":
      return number(hour12, 2, " ");
    case "m":
      return number(at.month, 2);
    case "M":
      return number(at.minute, 2);
    case "n":
      return "\n";
    case "p":
      return at.hour < 12 ? "AM" : "PM";
    case "P":
      return at.hour < 12 ? "am" : "pm";
    case "s":
      return number(at.epoch, 1);
    case "S":
      return number(at.second, 2);
    case "t":
      return "\t";
    case "u":
      return number(at.weekday + 1, 1);
    case "U":
      return number(Math.floor((at.yearday - 1 + 7 - ((at.weekday + 1) % 7)) / 7), 2);
    case "V":
      return number(isoWeek(at).week, 2);
    case "w":
      return number((at.weekday + 1) % 7, 1);
    case "W":
      return number(Math.floor((at.yearday - 1 + 7 - at.weekday) / 7), 2);
    case "y":
      return number(((at.year % 100) + 100) % 100, 2);
    case "Y":
      return number(at.year, 1);
    case "z":
      return offsetText(at.offset);
    case "Z":
      return at.zone;
    case "%":
      return "%";
    default:
      return c in COMPOSITES ? strftime(COMPOSITES[c], at) : undefined;
  }
}

function padded({ value, width, pad }: Field, flag: string, given: string): string {
  if (flag === "-") return String(value);
  const fill = flag === "_" ? " " : flag === "0" ? "0" : pad;
  const digits = String(Math.abs(value)).padStart((given === "" ? width : Number(given)) - (value < 0 ? 1 : 0), fill);
  return value < 0 ? `-${digits}` : digits;
}

/** The text of a moment; unknown directives stay as they are. */
export function strftime(format: string, at: Moment): string {
  return format.replace(
    /%([-_0^#]?)(\d*)([EO]?)([A-Za-z%])/g,
    (whole, flag: string, width: string, _mod, c: string) => {
      const found = directive(c, at);
      if (found === undefined) return whole;
      if (typeof found !== "string") return padded(found, flag, width);
      const text = flag === "^" ? found.toUpperCase() : flag === "#" ? swapCase(found) : found;
      return width === "" ? text : text.padStart(Number(width), flag === "0" ? "0" : " ");
    },
  );
}
function swapCase(text: string): string {
  return text === text.toUpperCase() ? text.toLowerCase() : text.toUpperCase();
}
export const asctimeText = (at: Moment): string =>
  `${name(DAYS, at.weekday).slice(0, 3)} ${name(MONTHS, at.month - 1).slice(0, 3)}${String(at.day).padStart(3)} ` +
  `${[at.hour, at.minute, at.second].map((n) => String(n).padStart(2, "0")).join(":")} ${at.year}`;
