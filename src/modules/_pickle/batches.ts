/** The items of containers, in batches that one opcode adds to the container. */
import { END, EXC, type Status, type Value } from "../../objects/core.ts";
import type { PyDict } from "../../objects/dict.ts";
import { runtimeError, typeError } from "../../objects/errors.ts";
import type { PyList } from "../../objects/list.ts";
import { concat } from "../../objects/message.ts";
import { iterNext } from "../../objects/protocol/iter.ts";
import { repr } from "../../objects/protocol/object.ts";
import { rt } from "../../objects/runtime.ts";
import type { PySet } from "../../objects/set.ts";
import { PyTuple } from "../../objects/tuple.ts";
import { noteObject } from "./errors.ts";
import * as op from "./opcodes.ts";
import type { Saver } from "./saver.ts";

function saveItem(saver: Saver, item: Value, container: Value, index: number): Status {
  return saver.save(item) === EXC ? noteObject(container, `item ${index}`) : null;
}
/** A key and its value. */
function savePair(saver: Saver, key: Value, value: Value, container: Value): Status {
  if (saver.save(key) === EXC) return EXC;
  if (saver.save(value) !== EXC) return null;
  const exc = rt.exc;
  rt.exc = null;
  const shown = repr(key);
  rt.exc = exc;
  return shown === EXC ? EXC : noteObject(container, concat("item ", shown));
}

export function saveItems(saver: Saver, container: Value, items: readonly Value[]): Status {
  for (let i = 0; i < items.length; i++) if (saveItem(saver, items[i], container, i) === EXC) return EXC;
  return null;
}

/** Items of an exact list, which saving them may change. */
export function saveListItems(saver: Saver, list: PyList): Status {
  const { out } = saver;
  if (!saver.isBinary) {
    for (let i = 0; i < list.items.length; i++) {
      if (saveItem(saver, list.items[i], list, i) === EXC) return EXC;
      out.op(op.APPEND);
    }
    return null;
  }
  if (list.items.length === 1) {
    if (saveItem(saver, list.items[0], list, 0) === EXC) return EXC;
    out.op(op.APPEND);
    return null;
  }
  let index = 0;
  do {
    out.op(op.MARK);
    for (const end = index + op.BATCH_SIZE; index < end && index < list.items.length; index++)
      if (saveItem(saver, list.items[index], list, index) === EXC) return EXC;
    out.op(op.APPENDS);
  } while (index < list.items.length);
  return null;
}

export function saveDictItems(saver: Saver, dict: PyDict): Status {
  const { out } = saver;
  const { size } = dict;
  const isSingle = !saver.isBinary || size === 1;
  let position = dict.next(-1);
  while (position >= 0) {
    if (!isSingle) out.op(op.MARK);
    for (let n = isSingle ? 1 : op.BATCH_SIZE; n > 0 && position >= 0; n--) {
      if (savePair(saver, dict.keyAt(position), dict.valueAt(position), dict) === EXC) return EXC;
      if (dict.size !== size) return runtimeError("dictionary changed size during iteration");
      position = dict.next(position);
    }
    out.op(isSingle ? op.SETITEM : op.SETITEMS);
  }
  return null;
}

export function saveSetItems(saver: Saver, set: PySet): Status {
  const { out } = saver;
  const { size } = set;
  let position = set.next(-1);
  let count: number;
  do {
    out.op(op.MARK);
    for (count = 0; count < op.BATCH_SIZE && position >= 0; count++) {
      if (saver.save(set.at(position)) === EXC) return noteObject(set, "element");
      if (set.size !== size) return runtimeError("set changed size during iteration");
      position = set.next(position);
    }
    out.op(op.ADDITEMS);
  } while (count === op.BATCH_SIZE);
  return null;
}

/** Saves what an iterator gives; `single` and `many` are the opcodes that add one item and all since a MARK. */
function saveIterated(
  saver: Saver,
  iterator: Value,
  [single, many]: readonly [number, number],
  saveOne: (item: Value, index: number) => Status,
): Status {
  const { out } = saver;
  let index = 0;
  let item = iterNext(iterator);
  for (;;) {
    if (item === EXC) return EXC;
    if (item === END) return null;
    const first: Value = item;
    item = saver.isBinary ? iterNext(iterator) : END;
    if (item === EXC) return EXC;
    if (item === END) {
      if (saveOne(first, index++) === EXC) return EXC;
      out.op(single);
      if (saver.isBinary) return null;
      item = iterNext(iterator);
      continue;
    }
    out.op(op.MARK);
    if (saveOne(first, index++) === EXC) return EXC;
    for (let n = 1; ; ) {
      if (saveOne(item, index++) === EXC) return EXC;
      item = iterNext(iterator);
      if (item === EXC) return EXC;
      if (item === END || ++n === op.BATCH_SIZE) break;
    }
    out.op(many);
  }
}
const LIST_OPS = [op.APPEND, op.APPENDS] as const;
const DICT_OPS = [op.SETITEM, op.SETITEMS] as const;

/** The fourth item of a reduced value. */
export function saveReducedItems(saver: Saver, iterator: Value, container: Value): Status {
  return saveIterated(saver, iterator, LIST_OPS, (item, index) => saveItem(saver, item, container, index));
}
/** The fifth item of a reduced value. */
export function saveReducedPairs(saver: Saver, iterator: Value, container: Value): Status {
  return saveIterated(saver, iterator, DICT_OPS, (pair) => {
    if (!(pair instanceof PyTuple) || pair.items.length !== 2)
      return typeError("dict items iterator must return 2-tuples");
    return savePair(saver, pair.items[0], pair.items[1], container);
  });
}
