/** `_types`: the builtin types that have no name in `builtins`. */
import { DISALLOW_INSTANTIATION } from "../../objects/core.ts";
import { newModule, newType } from "../../objects/define.ts";
import { genericAliasType } from "../../objects/generic-alias.ts";
import * as types from "../../objects/types.ts";
import { simpleNamespaceType } from "../../objects/simple-namespace.ts";

/** No native module here hands out capsules; the type exists for its name. */
const capsuleType = newType("PyCapsule", { flags: DISALLOW_INSTANTIATION });

export const _typesModule = newModule("_types", {
  doc: "Define names for built-in types.",
  attributes: () => ({
    AsyncGeneratorType: types.asyncGeneratorType,
    BuiltinFunctionType: types.builtinType,
    BuiltinMethodType: types.builtinType,
    CapsuleType: capsuleType,
    CellType: types.cellType,
    ClassMethodDescriptorType: types.classMethodDescriptorType,
    CodeType: types.codeType,
    CoroutineType: types.coroutineType,
    EllipsisType: types.ellipsisType,
    FrameType: types.frameType,
    FunctionType: types.functionType,
    GeneratorType: types.generatorType,
    GenericAlias: genericAliasType,
    GetSetDescriptorType: types.getSetDescriptorType,
    LambdaType: types.functionType,
    MappingProxyType: types.mappingProxyType,
    MemberDescriptorType: types.memberDescriptorType,
    MethodDescriptorType: types.methodDescriptorType,
    MethodType: types.methodType,
    MethodWrapperType: types.methodWrapperType,
    ModuleType: types.moduleType,
    NoneType: types.noneType,
    NotImplementedType: types.notImplementedType,
    SimpleNamespace: simpleNamespaceType,
    TracebackType: types.tracebackType,
    UnionType: types.unionType,
    WrapperDescriptorType: types.wrapperDescriptorType,
  }),
});
