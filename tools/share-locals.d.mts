export function shareLocals(source: string): string;
