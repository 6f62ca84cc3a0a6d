/** The objects of PEP 484, 612, 646 and 695: type variables and type aliases. Behaviour is in the files beside. */
import { type Namespace, PyObject, type PyType, type Value } from "../core.ts";
import { newDict } from "../dict.ts";

/** A value given at once, or by a function that is called when it is asked for first (PEP 695, PEP 649). */
export class Lazy {
  constructor(
    public value: Value | undefined,
    readonly evaluate: Value | undefined,
  ) {}
}
export const given = (value: Value | undefined): Lazy => new Lazy(value, undefined);
export const lazily = (evaluate: Value): Lazy => new Lazy(undefined, evaluate);

/** What the three kinds of type parameters have in common. They take attributes, though they show no `__dict__`. */
export class PyTypeParam extends PyObject {
  dict: Namespace = newDict();
  default: Lazy = given(undefined);

  constructor(
    cls: PyType,
    readonly name: Value,
  ) {
    super(cls.shapes);
  }
  override getDict(_create: boolean): Namespace | undefined {
    return this.dict;
  }
}
export class PyTypeVar extends PyTypeParam {
  bound: Lazy = given(null);
  constraints: Lazy = given(undefined);
  covariant = false;
  contravariant = false;
  inferVariance = false;
}
export class PyParamSpec extends PyTypeParam {
  bound: Value = null;
  covariant = false;
  contravariant = false;
  inferVariance = false;
}
export class PyTypeVarTuple extends PyTypeParam {}

/** `P.args` or `P.kwargs`. */
export class PyParamSpecPart extends PyObject {
  constructor(
    cls: PyType,
    readonly origin: Value,
  ) {
    super(cls.shapes);
  }
}
export class PyTypeAlias extends PyObject {
  module: Value | undefined = undefined;

  constructor(
    cls: PyType,
    readonly name: Value,
    readonly value: Lazy,
    /** null: not generic. */
    readonly typeParams: Value,
  ) {
    super(cls.shapes);
  }
}
