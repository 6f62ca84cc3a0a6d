/**
 * Struct sequences: tuples whose items have names, such as `os.stat_result`, `time.struct_time`, `sys.version_info`.
 * Some fields are attributes only and no items of the tuple. CPython's Objects/structseq.c.
 */
import { DISALLOW_INSTANTIATION, EXC, type Exc, type KwNames, type PyType, type Result, type Value } from "./core.ts";
import { method, newType, parseArgs, rawMethod, signature } from "./define.ts";
import { PyDict, newDict } from "./dict.ts";
import { typeError } from "./errors.ts";
import { newList } from "./list.ts";
import { listFromIterable } from "./protocol/iter.ts";
import { repr } from "./protocol/object.ts";
import { reprEnter, reprLeave } from "./recursion.ts";
import { type Str, strConcatAll } from "./str/astral.ts";
import { PyTuple, newTuple } from "./tuple.ts";
import { tupleType, typeOf } from "./types.ts";

export interface StructField {
  /** null: an item without a name. */
  name: string | null;
  doc?: string;
}
export interface StructSpec {
  doc?: string | null;
  fields: readonly StructField[];
  /** How many of the fields are items of the tuple; all when not given. */
  visible?: number;
  /** Only native code makes instances (`sys.flags`). */
  hidden?: boolean;
  /** Fills in fields that were not given (undefined) when Python code calls the type; they are None otherwise. */
  complete?: (values: (Value | undefined)[]) => void;
}

export class PyStructSequence extends PyTuple {
  /** All fields' values; `items` are the visible ones. */
  readonly values: readonly Value[];
  constructor(cls: PyType, values: readonly Value[], visible: number) {
    super(cls, values.slice(0, visible));
    this.values = values;
  }
}

/** A struct sequence type with what native code needs to make instances: `stat.make([…])`. */
export class StructSequence {
  readonly type: PyType;
  private readonly visible: number;

  /** `fullName` with its module: "time.struct_time". */
  constructor(
    readonly fullName: string,
    private readonly spec: StructSpec,
  ) {
    this.visible = spec.visible ?? spec.fields.length;
    this.type = this.defineType();
  }

  /** An instance; values that are missing at the end are None. */
  make(values: readonly Value[]): PyStructSequence {
    const all = values.slice();
    while (all.length < this.spec.fields.length) all.push(null);
    return new PyStructSequence(this.type, all, this.visible);
  }

  private defineType(): PyType {
    const { fullName, spec, visible } = this;
    const dot = fullName.lastIndexOf(".");
    const { fields } = spec;
    return newType(fullName.slice(dot + 1), {
      module: fullName.slice(0, dot),
      doc: spec.doc,
      base: tupleType,
      flags: spec.hidden === true ? DISALLOW_INSTANTIATION : 0,
      slots: {
        tp_new: (cls, args, kwnames) => this.create(cls, args, kwnames),
        tp_alloc: () => this.make([]),
        tp_repr: (self: PyStructSequence) => this.repr(self),
      },
      members: () => {
        const members: Record<string, (self: never) => Value> = {};
        fields.forEach(({ name }, i) => {
          if (name !== null) members[name] = (self: PyStructSequence) => self.values[i];
        });
        return members;
      },
      methods: () => ({
        __reduce__: method("($self, /)", (self: PyStructSequence) => this.reduce(self)),
        __replace__: rawMethod(
          (self: PyStructSequence, args: Value[], kwnames: KwNames) => this.replace(self, args, kwnames),
          "Return a copy of the structure with new values for the specified fields.",
        ).signedAs("($self, /, **changes)"),
      }),
      attributes: () => ({
        n_sequence_fields: visible,
        n_fields: fields.length,
        n_unnamed_fields: fields.filter(({ name }) => name === null).length,
        __match_args__: newTuple(fields.slice(0, visible).flatMap(({ name }) => (name === null ? [] : [name]))),
      }),
    });
  }

  private create(cls: PyType, args: Value[], kwnames: KwNames): Result {
    const bound = parseArgs(NEW, "structseq", args, kwnames);
    if (bound === EXC) return EXC;
    const [sequence, dict] = bound as [Value, Value | undefined];
    const type = typeOf(sequence);
    if (type.sq_item === null && type.tp_iter === null) return typeError("constructor requires a sequence");
    const given = listFromIterable(sequence);
    if (given === EXC) return EXC;
    if (dict !== undefined && !(dict instanceof PyDict)) {
      return typeError(`${this.fullName}() takes a dict as second arg, if any`);
    }
    if (!this.checkCount(given.length)) return EXC;
    const values = this.fillIn(given, dict);
    return values === EXC ? EXC : new PyStructSequence(cls, values, this.visible);
  }

  private checkCount(count: number): boolean {
    const { visible } = this;
    const total = this.spec.fields.length;
    if (count >= visible && count <= total) return true;
    const wanted =
      visible === total ? `a ${visible}` : count < visible ? `an at least ${visible}` : `an at most ${total}`;
    typeError(`${this.fullName}() takes ${wanted}-sequence (${count}-sequence given)`);
    return false;
  }

  private fillIn(given: Value[], dict: PyDict | undefined): Value[] | Exc {
    const { fields } = this.spec;
    const values: (Value | undefined)[] = given.slice();
    let used = 0;
    for (let i = given.length; i < fields.length; i++) {
      const { name } = fields[i];
      const value = name === null ? undefined : dict?.getStr(name);
      if (value !== undefined) used++;
      values[i] = value;
    }
    if (dict !== undefined && dict.size > used) {
      return typeError(`${this.fullName}() got duplicate or unexpected field name(s)`);
    }
    this.spec.complete?.(values);
    return values.map((value) => value ?? null);
  }

  /** Names of the visible items, in order; items without a name borrow the next field's, as CPython's repr does. */
  private repr(self: PyStructSequence): Result {
    if (reprEnter(self)) return `${this.fullName}(...)`;
    const names = this.spec.fields.flatMap(({ name }) => (name === null ? [] : [name]));
    const parts: Str[] = [`${this.fullName}(`];
    for (let i = 0; i < this.visible; i++) {
      const text = repr(self.items[i]);
      if (text === EXC) {
        reprLeave(self);
        return EXC;
      }
      parts.push(`${i > 0 ? ", " : ""}${names[i]}=`, text);
    }
    reprLeave(self);
    parts.push(")");
    return strConcatAll(parts);
  }

  private reduce(self: PyStructSequence): Result {
    const hidden = newDict();
    this.spec.fields.forEach(({ name }, i) => {
      if (i >= this.visible && name !== null) hidden.setStr(name, self.values[i]);
    });
    return newTuple([self.shape.cls, newTuple([newTuple(self.items.slice()), hidden])]);
  }

  private replace(self: PyStructSequence, args: Value[], kwnames: KwNames): Result {
    const { fields } = this.spec;
    const names = kwnames ?? [];
    if (args.length > names.length) return typeError("__replace__() takes no positional arguments");
    if (fields.some(({ name }) => name === null)) {
      return typeError(`__replace__() is not supported for ${this.fullName} because it has unnamed field(s)`);
    }
    const values = self.values.slice();
    const unexpected: string[] = [];
    names.forEach((name, i) => {
      const at = fields.findIndex((field) => field.name === name);
      if (at < 0) unexpected.push(name);
      else values[at] = args[i];
    });
    if (unexpected.length > 0) {
      const shown = repr(newList(unexpected));
      return shown === EXC ? EXC : typeError(strConcatAll(["Got unexpected field name(s): ", shown]));
    }
    return new PyStructSequence(self.shape.cls, values, this.visible);
  }
}

const NEW = signature("(sequence, dict={})");

/** Declares a struct sequence type; `fullName` is "module.name". */
/* @__NO_SIDE_EFFECTS__ */
export function newStructSequence(fullName: string, spec: StructSpec): StructSequence {
  return new StructSequence(fullName, spec);
}
