"""What `sysconfig.get_config_vars()` knows of this build: there is no C compiler behind it."""

build_time_vars = {
    "ABIFLAGS": "",
    "EXT_SUFFIX": "",
    "HAVE_FORK": 0,
    "MULTIARCH": "",
    "Py_DEBUG": 0,
    "Py_ENABLE_SHARED": 0,
    "Py_GIL_DISABLED": 0,
    "Py_TRACE_REFS": 0,
    "SHLIB_SUFFIX": "",
    "SIZEOF_VOID_P": 8,
    "SOABI": "sidewinder-314",
    "TZPATH": "/usr/share/zoneinfo:/usr/lib/zoneinfo:/usr/share/lib/zoneinfo:/etc/zoneinfo",
    "VERSION": "3.14",
    "WITH_DOC_STRINGS": 1,
    "WITH_PYMALLOC": 0,
    "prefix": "/",
}
