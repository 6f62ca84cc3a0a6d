/**
 * Why an instruction could not be specialised, by the names that CPython's statistics have for it. Found out again from
 * the operands, and only while somebody counts.
 */
import { METHOD_DESCRIPTOR, PyType, type Value } from "../../objects/core.ts";
import { MemberDescriptor } from "../../objects/descriptors.ts";
import type { PyFrame } from "../../objects/frame.ts";
import { PyFunction } from "../../objects/function.ts";
import { PyModule } from "../../objects/module.ts";
import { PyProperty } from "../../objects/property.ts";
import { lookup } from "../../objects/type/lookup.ts";
import { typeOf } from "../../objects/types.ts";

const nameOf = (value: Value): string => typeOf(value).name;

/** The failure of the general instruction `family` where `frame` stands; its operands are on the stack. */
export function failureKind(family: string, frame: PyFrame): string {
  const { s, sp, pc, code } = frame;
  const oparg = code.ops[pc] >>> 8;
  const top = (i: number): Value => s[sp - i] as Value;
  switch (family) {
    case "BINARY_OP":
      return binaryKind(oparg, top(2), top(1));
    case "COMPARE_OP":
      return compareKind(top(2), top(1));
    case "CONTAINS_OP":
      return named(nameOf(top(1)), { str: "str", tuple: "tuple", list: "list" }, "user_class");
    case "TO_BOOL":
      return boolKind(top(1));
    case "FOR_ITER":
    case "SEND":
      return iteratorKind(top(family === "SEND" ? 2 : 1));
    case "UNPACK_SEQUENCE":
      return typeOf(top(1)).sq_item !== null ? "sequence" : "iterator";
    case "STORE_SUBSCR":
      return storeSubscriptKind(top(2), top(1));
    case "LOAD_ATTR":
      return attributeKind(top(1), code.spec.names[oparg >> 1], true);
    case "STORE_ATTR":
      return attributeKind(top(1), code.spec.names[oparg], false);
    case "CALL":
      return callKind(top(oparg + 2));
    case "CALL_KW":
      return callKind(top(oparg + 3));
    case "LOAD_SUPER_ATTR":
      return top(2) instanceof PyType ? "shadowed" : "bad_class";
    default:
      return "other";
  }
}
function named(name: string, names: Readonly<Record<string, string>>, other: string): string {
  return Object.hasOwn(names, name) ? names[name] : other;
}

/** Operators by BINARY_OP's argument, in place or not. */
const OPERATORS = [
  "add",
  "and",
  "floor_divide",
  "lshift",
  "matrix_multiply",
  "multiply",
  "remainder",
  "or",
  "power",
  "rshift",
  "subtract",
  "true_divide",
  "xor",
];
const SUBSCRIPT = 26;
/** Operators of which the kinds of operands are told apart, and the pair of equal kinds that has a name. */
const TELLING: Readonly<Record<string, string | null>> = {
  add: null,
  and: "int",
  multiply: null,
  or: "int",
  subtract: null,
  true_divide: "float",
  xor: "int",
};

function binaryKind(oparg: number, left: Value, right: Value): string {
  if (oparg === SUBSCRIPT) return subscriptKind(left, right);
  const operator = OPERATORS[oparg % OPERATORS.length];
  if (!Object.hasOwn(TELLING, operator)) return operator;
  const kind = nameOf(left);
  if (kind !== nameOf(right)) return `${operator}_different_types`;
  if (kind === TELLING[operator]) return `${operator}_${kind}`;
  // Those two have no name for other operands of one type.
  return operator === "or" || operator === "xor" ? operator : `${operator}_other`;
}
function subscriptKind(container: Value, index: Value): string {
  const name = nameOf(container);
  if (nameOf(index) === "slice") {
    return named(
      name,
      { list: "subscr_list_slice", tuple: "subscr_tuple_slice", str: "subscr_string_slice" },
      "subscr_other_slice",
    );
  }
  const kinds = {
    mappingproxy: "subscr_mappingproxy",
    Match: "subscr_re_match",
    array: "subscr_array",
    deque: "subscr_deque",
    defaultdict: "subscr_defaultdict",
    Counter: "subscr_counter",
    OrderedDict: "subscr_ordereddict",
    bytes: "subscr_bytes",
  };
  return named(name, kinds, typeOf(container).isHeap ? "subscr" : "subscr_not_heap_type");
}
function storeSubscriptKind(container: Value, index: Value): string {
  const name = nameOf(container);
  const isSlice = nameOf(index) === "slice";
  if (name === "bytearray") return isSlice ? "bytearray_slice" : "bytearray_int";
  if (name === "list") return isSlice ? "list_slice" : "sequence_int";
  if (name === "array") return isSlice ? "array_slice" : "array_int";
  const type = typeOf(container);
  if (!type.isHeap) return "not_heap_type";
  return lookup(type, "__setitem__") instanceof PyFunction ? "py_simple" : "py_other";
}
function compareKind(left: Value, right: Value): string {
  const [one, other] = [nameOf(left), nameOf(right)];
  if (one === "float" && other === "int") return "float_long";
  if (one === "int" && other === "float") return "long_float";
  if (one !== other) return "different_types";
  const kinds = {
    str: "string",
    int: "big_int",
    bytes: "bytes",
    tuple: "tuple",
    list: "list",
    set: "set",
    frozenset: "set",
    bool: "bool",
  };
  return named(one, kinds, "baseobject");
}
function boolKind(value: Value): string {
  const kinds = {
    bytearray: "bytearray",
    bytes: "bytes",
    dict: "dict",
    float: "float",
    memoryview: "memory_view",
    set: "set",
    frozenset: "set",
    tuple: "tuple",
  };
  const type = typeOf(value);
  if (type.nb_bool !== null) return named(type.name, kinds, "number");
  if (type.mp_length !== null) return named(type.name, kinds, "mapping");
  return named(type.name, kinds, type.sq_length === null ? "other" : "sequence");
}
const ITERATORS: Readonly<Record<string, string>> = {
  generator: "generator",
  coroutine: "coroutine",
  async_generator: "async_generator",
  async_generator_asend: "async_generator_send",
  list_iterator: "list",
  tuple_iterator: "tuple",
  set_iterator: "set",
  str_iterator: "string",
  str_ascii_iterator: "ascii_string",
  bytes_iterator: "bytes",
  range_iterator: "range",
  longrange_iterator: "range",
  dict_keyiterator: "dict_keys",
  dict_itemiterator: "dict_items",
  dict_valueiterator: "dict_values",
  enumerate: "enumerate",
  map: "map",
  zip: "zip",
  iterator: "seq_iter",
  list_reverseiterator: "reversed_list",
  callable_iterator: "callable",
};
const ITERTOOLS: ReadonlySet<string> = new Set([
  "accumulate",
  "batched",
  "chain",
  "combinations",
  "combinations_with_replacement",
  "compress",
  "count",
  "cycle",
  "dropwhile",
  "filterfalse",
  "groupby",
  "islice",
  "pairwise",
  "permutations",
  "product",
  "repeat",
  "starmap",
  "takewhile",
  "zip_longest",
]);
function iteratorKind(iterator: Value): string {
  const { name } = typeOf(iterator);
  return ITERTOOLS.has(name) ? "itertools" : named(name, ITERATORS, "other");
}

function attributeKind(owner: Value, name: string, isLoad: boolean): string {
  if (owner instanceof PyModule) return "module_attr_not_found";
  if (owner instanceof PyType) return isLoad ? classAttributeKind(owner, name) : "overridden";
  const type = typeOf(owner);
  const found = lookup(type, name);
  if (found === undefined) {
    if (lookup(type, "__getattr__") !== undefined) return "overridden";
    return type.hasDict ? "not_in_dict" : "expected_error";
  }
  if (found instanceof PyProperty) return found.get instanceof PyFunction ? "property" : "property_not_py_function";
  if (found instanceof MemberDescriptor) return found.index >= 0 ? "object_slot" : "non_object_slot";
  const kind = typeOf(found);
  if (kind.tp_descr_set !== null) return "overriding_descriptor";
  if (kind.tp_descr_get === null) return "not_descriptor";
  if (kind.name === "classmethod") return "class_method_obj";
  if (kind.name === "classmethod_descriptor") return "builtin_class_method_obj";
  return (kind.flags & METHOD_DESCRIPTOR) !== 0 ? "method" : "non_overriding_descriptor";
}
function classAttributeKind(cls: PyType, name: string): string {
  if (lookup(cls.shape.cls, name) !== undefined) return "metaclass_attribute";
  const found = lookup(cls, name);
  if (found === undefined) return "expected_error";
  return typeOf(found).tp_descr_get !== null ? "class_attr_descriptor" : "class_attr_simple";
}
function callKind(callable: Value): string {
  const kinds = {
    method: "bound_method",
    "method-wrapper": "method_wrapper",
    method_descriptor: "meth_descr_varargs",
    builtin_function_or_method: "cfunc_varargs",
    wrapper_descriptor: "operator_wrapper",
  };
  if (callable instanceof PyType) return callable.isHeap ? "class_mutable" : "metaclass";
  return named(nameOf(callable), kinds, "other");
}
