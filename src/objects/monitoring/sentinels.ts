/** `sys.monitoring.DISABLE` and `MISSING`. */
import { PyObject } from "../core.ts";
import { newType } from "../define.ts";

class Marker extends PyObject {}
const markerType = newType("object", { doc: null });

/** A callback gives it so as not to be called again at the same place. */
export const DISABLE = new Marker(markerType.shapes);
/** The first argument of a call without arguments. */
export const MISSING = new Marker(markerType.shapes);
