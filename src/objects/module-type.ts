/** The behaviour of modules: attributes with `__getattr__`, messages about circular imports and shadowing, repr. */
import {
  BASETYPE,
  EXC,
  type Exc,
  HAS_DICT,
  HAS_WEAKREF,
  type KwNames,
  type Result,
  type Status,
  type Value,
} from "./core.ts";
import { defineType, getset, method, parseArgs, signature } from "./define.ts";
import { PyDict, newDict } from "./dict.ts";
import { attributeError, typeError } from "./errors.ts";
import { newList } from "./list.ts";
import { concat } from "./message.ts";
import { PyModule, initModuleDict } from "./module.ts";
import { call } from "./protocol/call.ts";
import { getAttr, isCallable, isTrue, lookupAttr, repr, str } from "./protocol/object.ts";
import { contains } from "./protocol/sequence.ts";
import { shadowing, shadowingAdvice } from "./module-shadowing.ts";
import { type Str, strToJs } from "./str/astral.ts";
import { instanceLookupAttr } from "./type/instance-attributes.ts";
import { moduleType, typeOf } from "./types.ts";
import { strValue } from "./values.ts";

const INIT = signature("(name, doc=None)");

function moduleInit(self: PyModule, args: Value[], kwnames: KwNames): Status {
  const parsed = parseArgs(INIT, "module", args, kwnames);
  if (parsed === EXC) return EXC;
  const [name, doc = null] = parsed as [Value, Value?];
  if (strValue(name) === undefined) return typeError(`module() argument 'name' must be str, not ${typeOf(name).name}`);
  initModuleDict(self, name, doc);
  return null;
}

// ── attributes ─────────────────────────────────────────────────────────────────────────────────────────────
function moduleGetAttr(self: PyModule, name: string): Result {
  const value = instanceLookupAttr(self, self.shape.cls, name);
  if (value !== undefined) return value;
  const getter = self.dict.getStr("__getattr__");
  if (getter !== undefined) return call(getter, [name]);
  return missing(self, name);
}

function missing(self: PyModule, name: string): Exc {
  const named = self.dict.getStr("__name__") ?? null;
  const moduleName = strValue(named);
  if (moduleName === undefined) return attributeError(`module has no attribute '${name}'`, self, name);
  const spec = self.dict.getStr("__spec__");
  const message = explain(named, strToJs(moduleName), name, spec ?? null);
  return message === EXC ? EXC : attributeError(message, self, name);
}

/** Why an attribute may be missing: shadowing of the standard library, an import under way. */
function explain(named: Value, module: string, name: string, spec: Value): string | Exc {
  const plain = `module '${module}' has no attribute '${name}'`;
  if (spec === null) return plain;
  const hiding = shadowing(named, spec);
  if (hiding === EXC) return EXC;
  const advice = shadowingAdvice(hiding, module);
  if (hiding.isOfLibrary) return plain + advice;
  const initializing = isInitializing(spec);
  if (initializing === EXC) return EXC;
  if (initializing) {
    if (advice !== undefined) return plain + advice;
    const from = hiding.origin === undefined ? "" : ` from '${hiding.origin}'`;
    return `partially initialized module '${module}'${from} has no attribute '${name}' (most likely due to a circular import)`;
  }
  const submodules = lookupAttr(spec, "_uninitialized_submodules");
  if (submodules === EXC) return EXC;
  const pending = submodules === undefined ? false : contains(submodules, name);
  if (pending === EXC) return EXC;
  return pending
    ? `cannot access submodule '${name}' of module '${module}' (most likely due to a circular import)`
    : plain;
}
export function isInitializing(spec: Value): boolean | Exc {
  const flag = lookupAttr(spec, "_initializing");
  return flag === undefined ? false : flag === EXC ? EXC : isTrue(flag);
}
// ── repr ───────────────────────────────────────────────────────────────────────────────────────────────────
/** `importlib._bootstrap._module_repr`. */
export function moduleRepr(self: PyModule): Str | Exc {
  const spec = lookupAttr(self, "__spec__");
  if (spec === EXC) return EXC;
  if (spec !== undefined && spec !== null) return reprFromSpec(spec);
  const name = reprOf(self, "__name__", "?");
  const file = lookupAttr(self, "__file__");
  if (name === EXC || file === EXC) return EXC;
  if (file !== undefined) {
    const text = repr(file);
    return text === EXC ? EXC : concat("<module ", name, " from ", text, ">");
  }
  const loader = lookupAttr(self, "__loader__");
  if (loader === EXC) return EXC;
  if (loader === undefined || loader === null) return concat("<module ", name, ">");
  const text = repr(loader);
  return text === EXC ? EXC : concat("<module ", name, " (", text, ")>");
}
function reprOf(o: Value, attribute: string, otherwise: string): Str | Exc {
  const value = lookupAttr(o, attribute);
  return value === EXC ? EXC : repr(value ?? otherwise);
}
function reprFromSpec(spec: Value): Str | Exc {
  const rawName = getAttr(spec, "name");
  const origin = getAttr(spec, "origin");
  if (rawName === EXC || origin === EXC) return EXC;
  const name = repr(rawName ?? "?");
  if (name === EXC) return EXC;
  if (origin === null) {
    const loader = lookupAttr(spec, "loader");
    if (loader === EXC) return EXC;
    if (loader === undefined || loader === null) return concat("<module ", name, ">");
    if (typeOf(loader).name === "NamespaceLoader") return namespaceRepr(name, loader);
    const text = repr(loader);
    return text === EXC ? EXC : concat("<module ", name, " (", text, ")>");
  }
  const located = getAttr(spec, "has_location");
  const truth = located === EXC ? EXC : isTrue(located);
  if (truth === EXC) return EXC;
  const text = truth ? repr(origin) : str(origin);
  if (text === EXC) return EXC;
  return truth ? concat("<module ", name, " from ", text, ">") : concat("<module ", name, " (", text, ")>");
}
function namespaceRepr(name: Str, loader: Value): Str | Exc {
  const path = getAttr(loader, "_path");
  if (path === EXC) return EXC;
  const list = call(typeOf(newList([])), [path]);
  const text = list === EXC ? EXC : repr(list);
  return text === EXC ? EXC : concat("<module ", name, " (namespace) from ", text, ">");
}

function moduleDir(self: PyModule): Result {
  const dict = getAttr(self, "__dict__");
  if (dict === EXC) return EXC;
  if (!(dict instanceof PyDict)) return typeError("<module>.__dict__ is not a dictionary");
  const own = dict.getStr("__dir__");
  return own !== undefined ? call(own, []) : newList(dict.keys());
}

// ── annotations (PEP 649) ──────────────────────────────────────────────────────────────────────────────────
function getAnnotate(self: PyModule): Result {
  const own = self.dict.getStr("__annotate__");
  if (own === undefined) self.dict.setStr("__annotate__", null);
  return own ?? null;
}
function setAnnotate(self: PyModule, value: Value | undefined): Status {
  if (value === undefined) return typeError("cannot delete __annotate__ attribute");
  if (value !== null && !isCallable(value)) return typeError("__annotate__ must be callable or None");
  self.dict.setStr("__annotate__", value);
  if (value !== null) self.dict.delStr("__annotations__");
  return null;
}
function getAnnotations(self: PyModule): Result {
  const known = self.dict.getStr("__annotations__");
  if (known !== undefined) return known;
  const annotate = self.dict.getStr("__annotate__");
  let annotations: Result = newDict();
  if (annotate !== undefined && annotate !== null && isCallable(annotate)) {
    annotations = call(annotate, [1]);
    if (annotations === EXC) return EXC;
    if (!(annotations instanceof PyDict)) {
      return typeError(`__annotate__ returned non-dict of type '${typeOf(annotations).name}'`);
    }
  }
  // While the module is being made more may be annotated: what is there now is not all.
  const spec = self.dict.getStr("__spec__") ?? null;
  const unfinished = spec === null ? false : isInitializing(spec);
  if (unfinished === EXC) return EXC;
  if (!unfinished) self.dict.setStr("__annotations__", annotations);
  return annotations;
}
function setAnnotations(self: PyModule, value: Value | undefined): Status {
  if (value !== undefined) self.dict.setStr("__annotations__", value);
  else if (!self.dict.delStr("__annotations__")) return attributeError("__annotations__", self, "__annotations__");
  self.dict.delStr("__annotate__");
  return null;
}

defineType(moduleType, {
  doc: "Create a module object.\n\nThe name must be a string; the optional docstring can have any type.",
  textSignature: "(name, doc=None)",
  flags: BASETYPE | HAS_DICT | HAS_WEAKREF,
  slots: {
    tp_alloc: (cls) => new PyModule(undefined, null, cls),
    tp_init: moduleInit,
    tp_repr: moduleRepr,
    tp_getattro: moduleGetAttr,
  },
  methods: () => ({ __dir__: method("($self, /)", moduleDir) }),
  getset: () => ({
    __dict__: getset(
      (self: PyModule) => self.dict,
      (self: PyModule) => attributeError("readonly attribute", self, "__dict__"),
    ),
    __annotations__: getset(getAnnotations, setAnnotations),
    __annotate__: getset(getAnnotate, setAnnotate),
  }),
});
