/** The native modules, one line each: what `sys.builtin_module_names` lists besides `sys`, `builtins` and `_imp`. */
import type { ModuleSpec } from "../objects/define.ts";
import { _abcModule } from "./_abc/index.ts";
import { _astModule } from "./_ast/index.ts";
import { bisectModule } from "./_bisect/index.ts";
import { codecsModule } from "./_codecs/index.ts";
import { _collectionsModule } from "./_collections/index.ts";
import { _contextvarsModule } from "./_contextvars/index.ts";
import { csvModule } from "./_csv/index.ts";
import { _datetimeModule } from "./_datetime/index.ts";
import { decimalModule } from "./_decimal/index.ts";
import { elementtreeModule } from "./_elementtree/index.ts";
import { _functoolsModule } from "./_functools/index.ts";
import { blake2Module } from "./_hash/blake2.ts";
import { md5Module } from "./_hash/builtin-hashes.ts";
import { sha1Module } from "./_hash/builtin-hashes.ts";
import { sha2Module } from "./_hash/builtin-hashes.ts";
import { sha3Module } from "./_hash/builtin-hashes.ts";
import { hashlibModule } from "./_hash/hashlib.ts";
import { heapqModule } from "./_heapq/index.ts";
import { lsprofModule } from "./_lsprof/index.ts";
import { pickleModule } from "./_pickle/index.ts";
import { posixsubprocessModule } from "./_posixsubprocess/index.ts";
import { selectModule } from "./select/index.ts";
import { fcntlModule } from "./fcntl/index.ts";
import { ioModule } from "./_io/index.ts";
import { jsonModule } from "./_json/index.ts";
import { localeModule } from "./_locale/index.ts";
import { _opcodeModule } from "./_opcode/index.ts";
import { _operatorModule } from "./_operator/index.ts";
import { _queueModule } from "./_queue/index.ts";
import { randomModule } from "./_random/index.ts";
import { _signalModule } from "./_signal/index.ts";
import { socketModule } from "./_socket/index.ts";
import { resourceModule } from "./resource/index.ts";
import { sreModule } from "./_sre/index.ts";
import { statModule } from "./_stat/index.ts";
import { stringModule } from "./_string/index.ts";
import { structModule } from "./_struct/index.ts";
import { _suggestionsModule } from "./_suggestions/index.ts";
import { _symtableModule } from "./_symtable/index.ts";
import { _sysconfigModule } from "./_sysconfig/index.ts";
import { _threadModule } from "./_thread/index.ts";
import { _tokenizeModule } from "./_tokenize/index.ts";
import { _tracemallocModule } from "./_tracemalloc/index.ts";
import { _typesModule } from "./_types/index.ts";
import { _typingModule } from "./_typing/index.ts";
import { _warningsModule } from "./_warnings/index.ts";
import { _weakrefModule } from "./_weakref/index.ts";
import { _zoneinfoModule } from "./_zoneinfo/index.ts";
import { _testcapiModule } from "./_testcapi/index.ts";
import { _testinternalcapiModule } from "./_testinternalcapi/index.ts";
import { _testmultiphaseModule } from "./_testmultiphase/index.ts";
import { _testlimitedcapiModule } from "./_testlimitedcapi/index.ts";
import { arrayModule } from "./array/index.ts";
import { atexitModule } from "./atexit/index.ts";
import { binasciiModule } from "./binascii/index.ts";
import { cmathModule } from "./cmath/index.ts";
import { errnoModule } from "./errno/index.ts";
import { faulthandlerModule } from "./faulthandler/index.ts";
import { gcModule } from "./gc/index.ts";
import { itertoolsModule } from "./itertools/index.ts";
import { marshalModule } from "./marshal/index.ts";
import { mathModule } from "./math/index.ts";
import { posixModule } from "./posix/index.ts";
import { pyexpatModule } from "./pyexpat/index.ts";
import { timeModule } from "./time/index.ts";
import { unicodedataModule } from "./unicodedata/index.ts";
import { zlibModule } from "./zlib/index.ts";

/** By name; a module's declaration is asked for when it is imported, since most programs need few of them. */
export const NATIVE_MODULES: Readonly<Record<string, () => ModuleSpec>> = {
  _abc: () => _abcModule,
  _ast: () => _astModule,
  _bisect: () => bisectModule,
  _blake2: () => blake2Module,
  _codecs: () => codecsModule,
  _collections: () => _collectionsModule,
  _contextvars: () => _contextvarsModule,
  _csv: () => csvModule,
  _datetime: () => _datetimeModule,
  _decimal: () => decimalModule,
  _elementtree: () => elementtreeModule,
  _functools: () => _functoolsModule,
  _hashlib: () => hashlibModule,
  _heapq: () => heapqModule,
  _lsprof: () => lsprofModule,
  _pickle: () => pickleModule,
  _posixsubprocess: () => posixsubprocessModule,
  select: () => selectModule,
  fcntl: () => fcntlModule,
  _io: () => ioModule,
  _json: () => jsonModule,
  _locale: () => localeModule,
  _md5: () => md5Module,
  _opcode: () => _opcodeModule,
  _operator: () => _operatorModule,
  _queue: () => _queueModule,
  _random: () => randomModule,
  _sha1: () => sha1Module,
  _sha2: () => sha2Module,
  _sha3: () => sha3Module,
  _signal: () => _signalModule,
  _socket: () => socketModule,
  resource: () => resourceModule,
  _sre: () => sreModule,
  _stat: () => statModule,
  _string: () => stringModule,
  _struct: () => structModule,
  _suggestions: () => _suggestionsModule,
  _symtable: () => _symtableModule,
  _sysconfig: () => _sysconfigModule,
  _thread: () => _threadModule,
  _tokenize: () => _tokenizeModule,
  _tracemalloc: () => _tracemallocModule,
  _types: () => _typesModule,
  _typing: () => _typingModule,
  _warnings: () => _warningsModule,
  _weakref: () => _weakrefModule,
  _zoneinfo: () => _zoneinfoModule,
  _testcapi: () => _testcapiModule,
  _testinternalcapi: () => _testinternalcapiModule,
  _testlimitedcapi: () => _testlimitedcapiModule,
  _testmultiphase: () => _testmultiphaseModule,
  array: () => arrayModule,
  atexit: () => atexitModule,
  binascii: () => binasciiModule,
  cmath: () => cmathModule,
  errno: () => errnoModule,
  faulthandler: () => faulthandlerModule,
  gc: () => gcModule,
  itertools: () => itertoolsModule,
  marshal: () => marshalModule,
  math: () => mathModule,
  posix: () => posixModule,
  pyexpat: () => pyexpatModule,
  time: () => timeModule,
  unicodedata: () => unicodedataModule,
  zlib: () => zlibModule,
};
