/**
 * Reads what the Lab's pages are made of. Files come from elsewhere, and may be cut short, of another version, or no
 * file of the Lab: that is said by the file's name before anything is shown of it.
 */
import { type Shape, missingIn } from "../events/shape.ts";
import { TRACES_KIND, TRACES_SHAPE, TRACES_VERSION, type TracesDocument } from "../events/traces.ts";
import {
  COVERAGE,
  COVERAGE_SHAPE,
  COVERAGE_VERSION,
  type CoverageDocument,
  type ProgramCoverage,
  coverageOf,
} from "../profile/coverage.ts";
import { isEmpty } from "../profile/lines-view.ts";
import { PROFILE, PROFILE_SHAPE, PROFILE_VERSION, type Profile } from "../profile/profile.ts";
import { STATISTICS, STATISTICS_SHAPE, STATISTICS_VERSION, type Statistics } from "../stats/document.ts";
import { LINES, LINES_SHAPE, LINES_VERSION, type LinesDocument } from "../stats/lines.ts";
import { allOf } from "../stats/tiers.ts";
import { LabError } from "./error.ts";

/** A file's text, or what has been made of it. */
export type Json = unknown;

/** `name`: what messages call the file. */
export function parseJson(name: string, json: Json): unknown {
  if (typeof json !== "string") return json;
  if (json.trim() === "") throw new LabError(`${name} is no JSON: it is empty, as a run leaves it that ends by force`);
  try {
    return JSON.parse(json);
  } catch (error) {
    throw new LabError(`${name} is no JSON: ${(error as Error).message}`);
  }
}

/** What the Lab's files begin with: of which kind the file is, and the version of its form. */
interface Header {
  kind: string;
  version: number;
}
export function readDocument<T extends Header>(
  name: string,
  json: Json,
  kind: string,
  version: number,
  shape: Shape,
): T {
  const value = parseJson(name, json) as Partial<Header> | null | undefined;
  if (typeof value !== "object" || value === null || typeof value.kind !== "string") {
    throw new LabError(`${name} is JSON, but no file of Sidewinder Lab`);
  }
  if (value.kind !== kind) throw new LabError(`${name} holds ${value.kind}; here ${kind} is needed`);
  if (value.version !== version) {
    throw new LabError(`${name} has version ${value.version} of ${kind}; this Lab reads version ${version}`);
  }
  const missing = missingIn(value, shape);
  if (missing !== null) throw new LabError(`${name} is not complete: ${missing} is missing, or is something else`);
  return value as T;
}
const noInstruction = (name: string): LabError => new LabError(`${name} is of a run that executed no instruction`);

export function readStatistics(name: string, json: Json): Statistics {
  const run = readDocument<Statistics>(name, json, STATISTICS, STATISTICS_VERSION, STATISTICS_SHAPE);
  if (allOf(run.instructions) === 0) throw noInstruction(name);
  return run;
}
export function readLines(name: string, json: Json): LinesDocument {
  const document = readDocument<LinesDocument>(name, json, LINES, LINES_VERSION, LINES_SHAPE);
  if (isEmpty(document)) throw noInstruction(name);
  return document;
}
export function readTraces(name: string, json: Json): TracesDocument {
  return readDocument(name, json, TRACES_KIND, TRACES_VERSION, TRACES_SHAPE);
}

/** A file holds one profile, or several: what `profile --json` has written for one program, or with `--chart` for more. */
export function readProfiles(name: string, json: Json): Profile[] {
  const value = parseJson(name, json);
  const all = Array.isArray(value) ? value : [value];
  if (all.length === 0) throw new LabError(`${name} holds no profile`);
  return all.map((one) => readDocument<Profile>(name, one, PROFILE, PROFILE_VERSION, PROFILE_SHAPE));
}

/** What `coverage --json` has written, or the figures line by line of the program that the file is called after. */
export function readCoverage(name: string, json: Json): CoverageDocument {
  const value = parseJson(name, json) as Partial<Header> | null | undefined;
  if (value?.kind !== LINES) return readDocument(name, value, COVERAGE, COVERAGE_VERSION, COVERAGE_SHAPE);
  const program = name.slice(name.lastIndexOf("/") + 1).replace(/\.json$/, "");
  return coverageDocument([coverageOf(program, readLines(name, value))], []);
}
/** One of several; of programs that are in more than one, the last one's figures. */
export function mergedCoverage(documents: readonly CoverageDocument[]): CoverageDocument {
  const programs = new Map(documents.flatMap((document) => document.programs).map((one) => [one.name, one]));
  const failures = new Map(documents.flatMap((document) => document.failures).map((one) => [one.name, one]));
  for (const name of programs.keys()) failures.delete(name);
  return coverageDocument([...programs.values()], [...failures.values()]);
}
export function coverageDocument(
  programs: readonly ProgramCoverage[],
  failures: CoverageDocument["failures"],
): CoverageDocument {
  if (programs.length === 0) throw new LabError("no program ran: there is nothing to show");
  return { kind: COVERAGE, version: COVERAGE_VERSION, programs, failures };
}
