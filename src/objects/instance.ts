/**
 * Instances of classes written in Python (without a builtin's layout): fields under a shape, see `Shape`.
 * Three sizes, so that small objects cost little; which one is the class's choice (`Shape.inline`).
 */
import type { PyDict } from "./dict.ts";
import { newDict } from "./dict.ts";
import { type PyFloat, isPlainFloat, newFloat } from "./float.ts";
import { Identity, type Namespace, PyObject, type PyType, type Shape, type Value } from "./core.ts";
import { rt } from "./runtime.ts";

/** Attributes above this many go to dictionary mode: such objects are used as dictionaries. */
const MAX_FIELDS = 64;

export class PyInstance extends PyObject {
  s0: Value | undefined = undefined;
  s1: Value | undefined = undefined;
  /** Fields 8 and above at `field - 7`; `rest[0]` is the dict in dictionary mode, else the identity if there is one. */
  rest: (Value | undefined)[] | null = null;

  /** The value in a field, see `Shape` for its number. */
  getField(field: number): Value | undefined {
    const raw = this.getRaw(field);
    return typeof raw === "number" && this.shape.holdsFloat(field) ? newFloat(raw) : raw;
  }
  /** Stores a value into a field that the shape has; the shape may become a more general one. */
  setField(field: number, value: Value): void {
    if (this.shape.holdsFloat(field)) {
      if (isPlainFloat(value)) {
        this.setRaw(field, value.value);
        return;
      }
      this.become(this.shape.generalised(field));
    }
    this.setRaw(field, value);
  }
  /** A shape with the same fields, of which fewer are float fields. */
  private become(shape: Shape): void {
    let floats = this.shape.floats & ~shape.floats;
    for (; floats !== 0; floats &= floats - 1) {
      const field = 31 - Math.clz32(floats & -floats);
      this.setRaw(field, newFloat(this.getRaw(field) as number));
    }
    this.shape = shape;
  }

  /** What a field holds: in a float field a raw double, else the value. Who calls this has looked at the shape. */
  getRaw(field: number): Value | undefined {
    switch (field) {
      case 0:
        return this.s0;
      case 1:
        return this.s1;
      default:
        return this.getFarRaw(field);
    }
  }
  setRaw(field: number, value: Value | undefined): void {
    switch (field) {
      case 0:
        this.s0 = value;
        return;
      case 1:
        this.s1 = value;
        return;
      default:
        this.setFarRaw(field, value);
    }
  }
  private getFarRaw(field: number): Value | undefined {
    const self = this as unknown as PyInstance8;
    switch (field) {
      case 2:
        return self.s2;
      case 3:
        return self.s3;
      case 4:
        return self.s4;
      case 5:
        return self.s5;
      case 6:
        return self.s6;
      case 7:
        return self.s7;
      default:
        return this.rest === null ? undefined : this.rest[field - 7];
    }
  }
  private setFarRaw(field: number, value: Value | undefined): void {
    const self = this as unknown as PyInstance8;
    switch (field) {
      case 2:
        self.s2 = value;
        return;
      case 3:
        self.s3 = value;
        return;
      case 4:
        self.s4 = value;
        return;
      case 5:
        self.s5 = value;
        return;
      case 6:
        self.s6 = value;
        return;
      case 7:
        self.s7 = value;
        return;
      default:
        this.setRest(field - 7, value);
    }
  }
  private setRest(at: number, value: Value | undefined): void {
    this.rest ??= [undefined];
    while (this.rest.length <= at) this.rest.push(undefined);
    this.rest[at] = value;
  }

  /** The attribute stored in the instance, or undefined. */
  getOwn(name: string): Value | undefined {
    const { shape } = this;
    if (shape.isDictionary) return (this.rest![0] as PyDict).getStr(name);
    const field = shape.fields.get(name);
    return field === undefined ? undefined : this.getField(field);
  }
  setOwn(name: string, value: Value): void {
    const { shape } = this;
    if (shape.isDictionary) {
      (this.rest![0] as PyDict).setStr(name, value);
      return;
    }
    const field = shape.fields.get(name);
    if (field !== undefined) {
      this.setField(field, value);
    } else if (shape.used >= MAX_FIELDS) {
      this.makeDictionary();
      this.setOwn(name, value);
    } else {
      const next = shape.with(name, isPlainFloat(value));
      const added = shape.fieldNumber(shape.used);
      this.setRaw(added, next.holdsFloat(added) ? (value as PyFloat).value : value);
      this.shape = next;
    }
  }
  /** False when there was no such attribute. */
  deleteOwn(name: string): boolean {
    if (!this.shape.isDictionary) {
      if (!this.shape.fields.has(name)) return false;
      this.makeDictionary();
    }
    return (this.rest![0] as PyDict).delStr(name);
  }

  /** Moves the attributes into a dict, where they stay: `__dict__` was asked for, or one was deleted. */
  private makeDictionary(): PyDict {
    const { shape } = this;
    const dict = newDict();
    for (const key of shape.keys) {
      const field = shape.fields.get(key) as number;
      dict.setStr(key, this.getField(field) as Value);
    }
    const identity = (this.rest?.[0] ?? undefined) as unknown as Identity | undefined;
    if (identity !== undefined) rt.keepIdentity(this, identity);
    this.become(shape.dictionary());
    for (const field of shape.fields.values()) this.setRaw(field, undefined);
    this.rest ??= [undefined];
    this.rest[0] = dict;
    return dict;
  }

  /** `obj.__class__ = cls` for a class of the same layout: attributes move to a dict, members stay. */
  changeClass(cls: PyType): void {
    if (this.shape.cls.hasDict && !this.shape.isDictionary) this.makeDictionary();
    const dict = this.shape.isDictionary;
    const members: (Value | undefined)[] = [];
    for (let i = 0; i < cls.memberCount; i++) {
      members.push(this.getMember(i));
      this.setRaw(this.shape.fieldNumber(i), undefined);
    }
    const root = cls.shapes.withInline(this.shape.inline);
    this.shape = dict ? root.dictionary() : root;
    for (let i = 0; i < members.length; i++) this.setMember(i, members[i]);
  }

  /** In dictionary mode, where the dict is in its place, undefined. */
  override getIdentity(): Identity | undefined {
    if (this.shape.isDictionary) return undefined;
    this.rest ??= [undefined];
    return ((this.rest as unknown[])[0] ??= new Identity()) as Identity;
  }
  override getDict(create: boolean): Namespace | undefined {
    if (this.shape.isDictionary) return this.rest![0] as PyDict;
    if (!this.shape.cls.hasDict) return undefined;
    return create || this.shape.keys.length > 0 ? this.makeDictionary() : undefined;
  }
  override setDict(dict: Namespace): boolean {
    if (!this.shape.cls.hasDict) return false;
    if (!this.shape.isDictionary) this.makeDictionary();
    this.rest![0] = dict;
    return true;
  }
  override getMember(index: number): Value | undefined {
    return this.getField(this.shape.fieldNumber(index));
  }
  override setMember(index: number, value: Value | undefined): void {
    const { shape } = this;
    const field = shape.fieldNumber(index);
    const isPlain = isPlainFloat(value);
    if (shape.holdsFloat(field)) {
      if (isPlain) {
        this.setRaw(field, value.value);
        return;
      }
      this.become(shape.generalised(field));
    } else if (isPlain) {
      const next = this.getRaw(field) === undefined ? shape.withFloatMember(field) : shape;
      if (next !== shape) {
        this.setRaw(field, value.value);
        this.shape = next;
        return;
      }
    } else if (value !== undefined) shape.mixMember(field);
    this.setRaw(field, value);
  }
}

/** An instance with four or eight inline fields: `s4` to `s7` are there in the larger one only. */
export interface PyInstance8 extends PyInstance {
  s2: Value | undefined;
  s3: Value | undefined;
  s4: Value | undefined;
  s5: Value | undefined;
  s6: Value | undefined;
  s7: Value | undefined;
}
/**
 * The larger sizes are functions with PyInstance's own prototype instead of subclasses: `instanceof PyInstance`, which
 * guards every access of an attribute, walks the chain of prototypes and so finds it at the first step for all three.
 */
function Instance4(this: PyInstance8, shape: Shape): void {
  this.shape = shape;
  this.s0 = undefined;
  this.s1 = undefined;
  this.rest = null;
  this.s2 = undefined;
  this.s3 = undefined;
}
function Instance8(this: PyInstance8, shape: Shape): void {
  this.shape = shape;
  this.s0 = undefined;
  this.s1 = undefined;
  this.rest = null;
  this.s2 = undefined;
  this.s3 = undefined;
  this.s4 = undefined;
  this.s5 = undefined;
  this.s6 = undefined;
  this.s7 = undefined;
}
Instance4.prototype = PyInstance.prototype;
Instance8.prototype = PyInstance.prototype;
type InstanceMaker = new (shape: Shape) => PyInstance;
const PyInstanceOf4 = Instance4 as unknown as InstanceMaker;
const PyInstanceOf8 = Instance8 as unknown as InstanceMaker;

/** How many inline fields instances of a class get, when it is known to store `attributes` of them. */
export function inlineFieldsFor(attributes: number): 2 | 4 | 8 {
  return attributes <= 2 ? 2 : attributes <= 4 ? 4 : 8;
}

/** A fresh instance of a plain class (`tp_alloc` of `object`). */
export function newInstance(cls: PyType): PyInstance {
  const shape: Shape = cls.shapes;
  switch (shape.inline) {
    case 8:
      return new PyInstanceOf8(shape);
    case 4:
      return new PyInstanceOf4(shape);
    default:
      return new PyInstance(shape);
  }
}

/**
 * Stores a number, a double and an object into every field of each size of instance. V8 notes of a field what has been
 * stored into it, and throws away all code that relies on that, the interpreter's loop too, when something else comes:
 * so everything comes before there is such code.
 */
export function settleFields(cls: PyType): void {
  const { shapes } = cls;
  const sizes: [number, PyInstance][] = [
    [2, new PyInstance(shapes)],
    [4, new PyInstanceOf4(shapes)],
    [8, new PyInstanceOf8(shapes)],
  ];
  for (const [size, made] of sizes) {
    for (let field = 0; field < size; field++) for (const value of [1, 0.5, "", undefined]) made.setRaw(field, value);
  }
}
