/** Functions written in Python. Behaviour: `function-type.ts`. */
import { CO_HAS_DOCSTRING } from "../compiler/code.ts";
import type { PyCell } from "./cell.ts";
import type { PyCode } from "./code.ts";
import { Identity, type Namespace, PyObject, type Value, nextVersion } from "./core.ts";
import { type PyDict, newDict } from "./dict.ts";
import type { PyTuple } from "./tuple.ts";
import { functionType } from "./types.ts";

export class PyFunction extends PyObject {
  name: string;
  qualname: string;
  /** `__doc__` if it was set or asked for. */
  private text: Value | undefined = undefined;
  module: Value = null;
  /** Defaults of the last positional parameters. */
  defaults: Value[] | null = null;
  kwdefaults: PyDict | null = null;
  closure: PyCell[] | null = null;
  annotations: Value | undefined = undefined;
  /** `__annotate__`: a callable or None. */
  annotate: Value = null;
  typeParams: PyTuple | null = null;
  dict: Namespace | undefined = undefined;
  /** Changes with code, defaults and kwdefaults: what specialised calls guard. */
  version = nextVersion();
  private identity: Identity | null = null;

  constructor(
    public code: PyCode,
    public readonly globals: PyDict,
    public builtins: PyDict,
  ) {
    super(functionType.shapes);
    this.name = code.name;
    this.qualname = code.qualname;
    this.module = globals.getStr("__name__") ?? null;
  }
  override getIdentity(): Identity {
    return (this.identity ??= new Identity());
  }

  // On demand, and before `code` is replaced: the text lies in the code's body, and a packed function's body is best left undecoded until it is called.
  get doc(): Value {
    if (this.text === undefined) {
      const { code } = this;
      this.text = (code.flags & CO_HAS_DOCSTRING) !== 0 ? (code.consts[0] ?? null) : null;
    }
    return this.text;
  }
  set doc(text: Value) {
    this.text = text;
  }

  /** To be called after a change of code, defaults or kwdefaults. */
  modified(): void {
    this.version = nextVersion();
  }
  override getDict(create: boolean): Namespace | undefined {
    if (this.dict === undefined && create) this.dict = newDict();
    return this.dict;
  }
  override setDict(dict: Namespace): boolean {
    this.dict = dict;
    return true;
  }
}
