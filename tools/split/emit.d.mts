/** See emit.mjs. */
export function parametersOf(parts: readonly { name: string }[]): string;
