/** The identity of the one thread there is. */
export const MAIN_THREAD_IDENT = 0x7f0000001000;
export function threadIdent(): number {
  return MAIN_THREAD_IDENT;
}
