/** Class statements that run again and again, while the code that meets their classes is compiled. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { HOT, WAYS, options, run } from "./run.ts";

const SOURCE = `from collections import namedtuple
def work(n):
  class Account:
    count = 0
    def __init__(self, owner): self.owner = owner; self.balance = 0
    def deposit(self, amount):
      if amount < 0: raise ValueError(amount)
      self.balance += amount
      return self.balance
    @property
    def double(self): return self.balance * 2
  class Missing(KeyError): pass
  Point = namedtuple("Point", "x y")
  accounts = [Account(i) for i in range(3)]
  total = 0
  for i in range(n):
    account = accounts[i % 3]
    try: total += account.deposit(i % 7 - 1) + account.double
    except ValueError: total -= 1
    try:
      if i % 5 == 0: raise Missing(i)
    except Missing as e: total += e.args[0]
    total += Point(i, 1).x
  return total
print([work(40 + i) for i in range(60)])
`;
const expected = run(SOURCE, {});
for (const [how, xOptions] of WAYS) {
  test(`classes made anew: ${how}`, options, () => assert.equal(run(SOURCE, xOptions), expected));
}

const ONE_METHOD = `def work(n):
  class Counter:
    def __init__(self): self.count = 0
    def step(self): self.count += 1
  counter = Counter()
  for i in range(n): counter.step()
  return counter.count
print(sum(work(40) for i in range(200)))
`;
test("a region whose classes are made anew is given up, and not left for ever", options, () => {
  const left = /left (\d+) times/.exec(run(ONE_METHOD, { ...HOT, "jit-stats": true }));
  assert.ok(left !== null && Number(left[1]) < 1000, left?.[0] ?? "no statistics");
});
