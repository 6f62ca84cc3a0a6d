/** Private name mangling (`__x` in class `C` is `_C__x`). Source: the language reference, 6.2.1 "Private name mangling". */

export function mangle(className: string | null, name: string): string {
  if (className === null || name.charCodeAt(0) !== 95 || name.charCodeAt(1) !== 95) return name;
  if (name.endsWith("__") || name.includes(".")) return name;
  let start = 0;
  while (className.charCodeAt(start) === 95) start++;
  if (start === className.length) return name;
  return `_${className.slice(start)}${name}`;
}
