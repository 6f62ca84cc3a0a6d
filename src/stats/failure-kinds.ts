/**
 * The numbers that CPython 3.14 has for the kinds of failed specialisations, by family: its files of statistics hold
 * numbers, and `summarize_stats.py` takes the names from the source of the CPython that it lies in.
 */

const COMMON = [
  "other",
  "no_dict",
  "overridden",
  "out_of_versions",
  "out_of_range",
  "expected_error",
  "wrong_number_arguments",
  "code_complex_parameters",
  "code_not_optimized",
];

type Kinds = Readonly<Record<string, number>>;

/** Names in a row have numbers in a row. */
/* @__NO_SIDE_EFFECTS__ */
function row(first: number, names: string): Kinds {
  return Object.fromEntries(names.split(" ").map((name, i) => [name, first + i]));
}

const ATTRIBUTES: Kinds = {
  ...row(9, "overriding_descriptor non_overriding_descriptor not_descriptor method mutable_class property"),
  ...row(15, "non_object_slot read_only audited_slot not_managed_dict non_string module_attr_not_found shadowed"),
  ...row(22, "builtin_class_method class_method_obj object_slot"),
  ...row(26, "instance_attribute metaclass_attribute property_not_py_function not_in_keys not_in_dict"),
  ...row(31, "class_attr_simple class_attr_descriptor builtin_class_method_obj metaclass_overridden split_dict"),
};
const CALLS: Kinds = {
  ...row(11, "instance_method cmethod cfunc_varargs cfunc_varargs_keywords cfunc_noargs"),
  ...row(16, "cfunc_method_fastcall_keywords meth_descr_varargs meth_descr_varargs_keywords"),
  ...row(19, "meth_descr_method_fastcall_keywords bad_call_flags init_not_python pep_523 bound_method"),
  class_mutable: 26,
  ...row(28, "method_wrapper operator_wrapper init_not_simple metaclass init_not_inline_values no_type_version"),
};
const ITERATORS: Kinds = {
  ...row(10, "generator coroutine async_generator list tuple set string bytes range itertools dict_keys dict_items"),
  ...row(22, "dict_values enumerate map zip seq_iter reversed_list callable ascii_string async_generator_send"),
};
const FAMILIES: Readonly<Record<string, Kinds>> = {
  BINARY_OP: {
    ...row(9, "add_different_types add_other and_different_types and_int and_other floor_divide lshift"),
    ...row(16, "matrix_multiply multiply_different_types multiply_other or power remainder rshift"),
    ...row(23, "subtract_different_types subtract_other true_divide_different_types true_divide_float"),
    ...row(27, "true_divide_other xor or_int or_different_types xor_int xor_different_types subscr"),
    ...row(34, "subscr_list_slice subscr_tuple_slice subscr_string_slice subscr_not_heap_type subscr_other_slice"),
    // Beyond 39 the script has no room.
    subscr_mappingproxy: 39,
  },
  CALL: CALLS,
  CALL_KW: CALLS,
  COMPARE_OP: row(12, "different_types string big_int bytes tuple list set bool baseobject float_long long_float"),
  CONTAINS_OP: row(9, "str tuple list user_class"),
  FOR_ITER: ITERATORS,
  LOAD_ATTR: ATTRIBUTES,
  LOAD_GLOBAL: row(17, "non_dict non_string_or_split"),
  LOAD_SUPER_ATTR: row(9, "bad_class shadowed"),
  SEND: ITERATORS,
  STORE_ATTR: ATTRIBUTES,
  STORE_SUBSCR: {
    ...row(9, "array_int array_slice list_slice tuple_slice"),
    ...row(14, "string_slice buffer_int buffer_slice sequence_int bytearray_int bytearray_slice py_simple py_other"),
    ...row(22, "dict_subclass_no_override not_heap_type"),
  },
  TO_BOOL: row(9, "bytearray bytes dict float mapping memory_view number sequence set tuple"),
  UNPACK_SEQUENCE: row(9, "iterator sequence"),
};

/** The number of a kind in its family; that of `other` where there is none. */
export function failureNumber(family: string, kind: string): number {
  const common = COMMON.indexOf(kind);
  return common >= 0 ? common : (FAMILIES[family]?.[kind] ?? 0);
}
