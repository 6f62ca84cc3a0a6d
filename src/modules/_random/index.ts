/** The module `_random`: the generator under `random.Random`. */
import {
  BASETYPE,
  EXC,
  type KwNames,
  PyObject,
  type PyType,
  type Result,
  type Status,
  type Value,
} from "../../objects/core.ts";
import { method, newModule, newType } from "../../objects/define.ts";
import { overflowError, typeError, valueError } from "../../objects/errors.ts";
import { newFloat } from "../../objects/float.ts";
import { asIndex } from "../../objects/protocol/convert.ts";
import { hash } from "../../objects/protocol/object.ts";
import { newTuple, PyTuple } from "../../objects/tuple.ts";
import { intValue } from "../../objects/values.ts";
import { withAttributes } from "../../objects/with-attributes.ts";
import { host } from "../support/host.ts";
import { MersenneTwister, N } from "./mt19937.ts";

class PyRandom extends PyObject {
  readonly twister = new MersenneTwister();
  constructor(cls: PyType) {
    super(cls.shapes);
  }
}
class PyRandomSub extends withAttributes(PyRandom) {}

/** A seed of as many random bits as the state has; from JavaScript's generator where the host grants no entropy. */
function entropy(): Uint32Array {
  const words = new Uint32Array(N);
  const source = host().entropy;
  if (source !== null) source.fill(new Uint8Array(words.buffer));
  else for (let i = 0; i < N; i++) words[i] = Math.floor(Math.random() * 2 ** 32);
  return words;
}

function seed(self: PyRandom, n: Value | undefined): Result {
  if (n === undefined || n === null) {
    self.twister.seedArray(entropy());
    return null;
  }
  const int = intValue(n);
  if (int !== undefined) {
    self.twister.seedInt(int);
    return null;
  }
  const hashed = hash(n);
  if (hashed === EXC) return EXC;
  // CPython takes the hash as an unsigned size.
  self.twister.seedInt(BigInt.asUintN(64, BigInt(hashed)));
  return null;
}

function randomInit(self: PyRandom, args: Value[], kwnames: KwNames): Status {
  if (kwnames !== null && kwnames.length > 0 && self.shape.cls === randomType)
    return typeError("Random() takes no keyword arguments");
  if (args.length > 1) return typeError(`Random expected at most 1 argument, got ${args.length}`);
  return seed(self, args[0]) === EXC ? EXC : null;
}

function getstate(self: PyRandom): Result {
  return newTuple([...self.twister.state, self.twister.index]);
}

function setstate(self: PyRandom, state: Value): Result {
  if (!(state instanceof PyTuple)) return typeError("state vector must be a tuple");
  if (state.items.length !== N + 1) return valueError("state vector is the wrong size");
  const words: number[] = [];
  for (const item of state.items) {
    const word = intValue(item);
    if (word === undefined) return typeError("an integer is required");
    if (word < 0) return overflowError("can't convert negative value to unsigned int");
    if (word > 0xffffffff) return valueError("invalid state");
    words.push(Number(word));
  }
  if (words[N] > N) return valueError("invalid state");
  self.twister.state.set(words.slice(0, N));
  self.twister.index = words[N];
  return null;
}

function getrandbits(self: PyRandom, k: Value): Result {
  const count = asIndex(k);
  if (count === EXC) return EXC;
  if (count < 0) return valueError("Cannot convert negative int");
  if (typeof count === "bigint") return overflowError("Python int too large for C uint64_t");
  return self.twister.bits(count);
}

export const randomType: PyType = newType("Random", {
  module: "_random",
  doc: "Random() -> create a random number generator with its own internal state.",
  flags: BASETYPE,
  slots: {
    tp_alloc: (cls) => (cls === randomType ? new PyRandom(cls) : new PyRandomSub(cls)),
    tp_init: randomInit,
  },
  methods: () => ({
    random: method("($self, /)", (self: PyRandom) => newFloat(self.twister.random()), "A float in [0, 1)."),
    seed: method("($self, n=None, /)", seed, "Seeds the generator: from n, or from somewhere random."),
    getstate: method("($self, /)", getstate, "A tuple with the current state."),
    setstate: method("($self, state, /)", setstate, "Restores a state."),
    getrandbits: method("($self, k, /)", getrandbits, "An int with k random bits."),
  }),
});

export const randomModule = newModule("_random", {
  doc: "Module implements the Mersenne Twister random number generator.",
  attributes: () => ({ Random: randomType }),
});
