/**
 * Loads the files that fill in the builtin types: types are declared bare (`objects/types.ts`), so that files need not
 * import each other to name them, and whoever makes interpreters sees to it that all are defined. Bases come first.
 */
import "../objects/object.ts";
import "../objects/type/type-type.ts";
import "../objects/exceptions/init.ts";
import "../objects/int/type.ts";
import "../objects/bool/type.ts";
import "../objects/float/type.ts";
import "../objects/complex/type.ts";
import "../objects/str/type.ts";
import "../objects/bytes/type.ts";
import "../objects/bytes/bytearray-type.ts";
import "../objects/bytes/memoryview-type.ts";
import "../objects/containers.ts";
import "../objects/type/descriptor-types.ts";
import "../objects/function-type.ts";
import "../objects/method-type.ts";
import "../objects/method-wrapper-types.ts";
import "../objects/module-type.ts";
import "../objects/property.ts";
import "../objects/super.ts";
import "../objects/cell-type.ts";
import "../objects/traceback-type.ts";
import "../objects/code-object/type.ts";
import "../objects/union.ts";
import "../objects/generic-alias.ts";
import "../objects/template-type.ts";
import "../objects/frame-type.ts";
import "../objects/generator/types.ts";
import "../objects/generator/async.ts";
