/** What V8 cannot hold: where CPython would try and fail, or succeed, MemoryError is raised at once. */

/** Items of a list or tuple: V8's limit on elements is near; beyond it allocation fails outright. */
export const MAX_ITEMS = 2 ** 27;
