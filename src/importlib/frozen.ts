/** The modules that CPython has in its executable. They are found before any folder is looked at. */

/** What CPython freezes into its executable, by the name of the library module whose code it is. */
export const FROZEN: ReadonlyMap<string, string> = new Map([
  ["_frozen_importlib", "importlib._bootstrap"],
  ["_frozen_importlib_external", "importlib._bootstrap_external"],
  ...[
    "zipimport",
    "abc",
    "codecs",
    "io",
    "_collections_abc",
    "_sitebuiltins",
    "genericpath",
    "ntpath",
    "posixpath",
    "os",
    "site",
    "stat",
    "importlib.util",
    "importlib.machinery",
    "runpy",
    "__hello__",
    "__phello__",
    "__phello__.ham",
    "__phello__.ham.eggs",
    "__phello__.spam",
  ].map((name): [string, string] => [name, name]),
  ["__hello_alias__", "__hello__"],
  ["__phello_alias__", "__hello__"],
  ["__phello_alias__.spam", "__hello__"],
  ["__hello_only__", "__hello__"],
]);
