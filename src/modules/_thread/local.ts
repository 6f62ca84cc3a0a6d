/** `_thread._local`: one thread, so one set of attributes. */
import {
  BASETYPE,
  type Exc,
  HAS_DICT,
  HAS_WEAKREF,
  type Namespace,
  PyObject,
  type PyType,
  type Value,
  objectType,
} from "../../objects/core.ts";
import { newType } from "../../objects/define.ts";
import { getset } from "../../objects/descriptors.ts";
import { newDict } from "../../objects/dict.ts";
import { raise, typeError } from "../../objects/errors.ts";
import { attributeErrorType } from "../../objects/exceptions/types.ts";
import { dictGetSet } from "../../objects/type/instance-dict.ts";
import { typeOf } from "../../objects/types.ts";

class PyThreadLocal extends PyObject {
  dict: Namespace = newDict();
  members: (Value | undefined)[] | null = null;

  constructor(cls: PyType) {
    super(cls.shapes);
  }
  override getDict(_create: boolean): Namespace | undefined {
    return this.dict;
  }
  override getMember(index: number): Value | undefined {
    return this.members?.[index];
  }
  override setMember(index: number, value: Value | undefined): void {
    this.members ??= [];
    this.members[index] = value;
  }
}

function refuse(self: Value): Exc {
  const message = `'${typeOf(self).name}' object attribute '__dict__' is read-only`;
  return raise(attributeErrorType, message);
}

export const localType: PyType = newType("_local", {
  module: "_thread",
  doc: "Thread-local data",
  textSignature: "()",
  flags: BASETYPE | HAS_DICT | HAS_WEAKREF,
  // Whose it is depends on the thread: it cannot be another one.
  getset: () => ({ __dict__: getset(dictGetSet.get, refuse, dictGetSet.doc) }),
  slots: {
    tp_alloc: (cls) => new PyThreadLocal(cls),
    tp_new: (cls, args, kwnames) => {
      const given = args.length > 0 || (kwnames !== null && kwnames.length > 0);
      // Arguments go to the `__init__` of a subclass, for each thread.
      if (given && cls.tp_init === objectType.tp_init) return typeError("Initialization arguments are not supported");
      return cls.tp_alloc!(cls);
    },
  },
});
