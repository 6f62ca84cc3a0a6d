/**
 * Classes that pass: a class statement in a function makes a class of its own each time that it runs, and so does what
 * calls `namedtuple` or `dataclass` there. A region that knows the first one meets the next as another class, and would
 * grow a trace for each, of which all but the last are never taken again.
 */
import { PyType, Shape } from "../objects/core.ts";
import type { Step } from "./record/log.ts";
import type { ExitRecord, Region } from "./region.ts";

/** Side traces at one exit, each for a class of the same statement, that say that the next will be for another one. */
const ENOUGH = 2;

/** Has the region, where this exit is, traces for some classes that were made by the same statement? */
export function meetsPassingClasses(region: Region, record: ExitRecord): boolean {
  const met = new Map<string, Set<PyType>>();
  for (const { side } of region.sidesAt(record)) {
    for (const cls of classesAt(side.steps[0])) {
      const namesakes = met.get(cls.qualname);
      if (namesakes === undefined) met.set(cls.qualname, new Set([cls]));
      else if (namesakes.add(cls).size >= ENOUGH) return true;
    }
  }
  return false;
}
/** The classes written in Python that an instruction has met. */
function classesAt(step: Step | undefined): PyType[] {
  const { seen } = step ?? {};
  if (typeof seen !== "object" || seen === null) return [];
  const classes: PyType[] = [];
  for (const value of seen instanceof Shape ? [seen] : Object.values(seen)) {
    const cls = value instanceof Shape ? value.cls : value;
    if (cls instanceof PyType && cls.isHeap) classes.push(cls);
  }
  return classes;
}
