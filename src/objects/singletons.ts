/** `NotImplemented` and `Ellipsis`: objects of which there is one. (`None` is JavaScript's null.) */
import { PyObject } from "./core.ts";
import { ellipsisType, notImplementedType } from "./types.ts";

class Singleton extends PyObject {}
export const NotImplemented = new Singleton(notImplementedType.shapes);
export const Ellipsis = new Singleton(ellipsisType.shapes);
