/** Exceptions in programs that get hot: what is raised, where it is handled, what tracebacks say. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { HOT, options, run } from "./run.ts";

const HEAD = `
import sys
def tb(e):
  r, t = [], e.__traceback__
  while t is not None:
    r.append((t.tb_frame.f_code.co_name, t.tb_lineno))
    t = t.tb_next
  return r
class Mine(ValueError):
  def __init__(self, code):
    super().__init__(code)
    self.code = code
def inner(i):
  x = i * 2
  if i % 3 == 0: raise ValueError(x)
  return x
`;

const PROGRAMS: [what: string, source: string][] = [
  [
    "handled in the frame that raises, with the frame's locals in the traceback",
    `def f(n):
  r = 0; t = {0: 0}; last = None
  for i in range(n):
    try: t[i & 1]
    except KeyError as e:
      r += 1
      last = e
  return r, tb(last), last.__traceback__.tb_frame.f_locals['i']
print(f(100))`,
  ],
  [
    "frames that an exception has left are still there for those who look",
    `def f(n):
  r = []; last = None
  for i in range(n):
    try: r.append(inner(i))
    except (TypeError, ValueError) as e:
      r.append(-e.args[0]); last = e
    finally: r.append(0)
  g = last.__traceback__.tb_next.tb_frame
  return r, tb(last), g.f_locals, g.f_lineno, g.f_back.f_code.co_name, last.__traceback__.tb_next.tb_frame is g
print(f(60))`,
  ],
  [
    "through recursion",
    `def deep(n, i):
  if n == 0: raise Mine(i)
  return deep(n - 1, i)
def f(n):
  s = 0
  for i in range(n):
    try: deep(5, i)
    except ValueError as e:
      s += e.code; last = e
  return s, tb(last)
print(f(100))`,
  ],
  [
    "a frame around the handler's returns, and another function takes its depth",
    `class Source:
  def __init__(self, text): self.text, self.at = text, 0
  def step(self):
    try: self.char = self.text[self.at]
    except IndexError:
      self.char = None
      return
    self.at += 1
  def get(self):
    this = self.char if self.at else 'start'
    self.step()
    return this
def classify(source, word, i):
  kind = word * 2
  if i % 10 == 9:
    kind += str(source.get())
    return kind, source.at
  return kind, i
def f(n):
  out = []
  for i in range(n):
    source = Source('' if i % 30 else 'ab')
    word = source.get()
    out.append(classify(source, word, i))
  return out
print(f(400))`,
  ],
  [
    "causes and contexts",
    `def chained(i):
  try: {}[i]
  except KeyError as error: raise Mine(i) from error
def f(n):
  s = 0
  for i in range(n):
    try: chained(i)
    except Mine as e:
      s += isinstance(e.__cause__, KeyError) + (e.__context__ is e.__cause__)
      last = e
  return s, tb(last), tb(last.__cause__), sys.exception()
print(f(100))`,
  ],
  [
    "raised again, with the line where it was raised first",
    `def f(n):
  out = []
  for i in range(n):
    try:
      try: [][i]
      except IndexError:
        try: 1 // 0
        except ZeroDivisionError as z: out.append(type(z.__context__).__name__)
        raise
    except Exception as e: out.append((type(e).__name__, tb(e)))
  return out[-2:], len(out)
print(f(80))`,
  ],
  [
    "finally in a frame that the exception passes",
    `def f(n):
  def g(i):
    try: return inner(i)
    finally: log.append(i)
  log = []; r = 0
  for i in range(n):
    try: r += g(i)
    except ValueError as e:
      r += 1000; last = e
  return r, log[-3:], tb(last), last.__traceback__.tb_next.tb_frame.f_locals["i"]
print(f(100))`,
  ],
  [
    "a with statement that swallows some",
    `class Suppress:
  def __enter__(self): return self
  def __exit__(self, k, v, t): return k is not None and issubclass(k, KeyError) and t.tb_lineno
def f(n, other):
  c = 0
  for i in range(n):
    with Suppress():
      if i % 2: raise KeyError
      if i == other: raise ValueError(i)
      c += 1
    c += 10
  return c
print(f(100, -1))
try: f(100, 90)
except ValueError as e: print(e, tb(e))`,
  ],
  [
    "a class of exceptions that is met late, a handler that does not match",
    `class A(Exception): pass
class B(A): pass
class C(Exception): pass
def g(i):
  if i > 80: raise C(i)
  if i > 40: raise B(i)
  if i % 2: raise A(i)
def f(n):
  r = []
  for i in range(n):
    try:
      try: g(i)
      except B as e: r.append("b")
      except A as e: r.append("a")
    except C as e: r.append(tb(e))
  return r
print(f(90))`,
  ],
  [
    "an operation that raises in the recording and not later, and the other way round",
    `def f(n, limit, above):
  r = 0; d = {}
  for i in range(n):
    if (i < limit) != above: d[i] = i
    try: r += d[i]
    except KeyError as e: r -= e.args[0]
  return r
print(f(100, 50, False), f(100, 50, True), f(100, 200, False), f(100, 200, True))`,
  ],
  [
    "the loop's own exceptions: StopIteration, IndexError, AttributeError, ZeroDivisionError",
    `class O: pass
def f(n):
  r = []; it = iter(range(n)); o = O(); l = [1, 2, 3]
  while True:
    try: i = next(it)
    except StopIteration: break
    if i % 5 == 0: o.x = i
    try: r.append(o.x); del o.x
    except AttributeError as e: r.append(str(e))
    try: r.append(l[i % 4])
    except IndexError as e: r.append(str(e))
    try: r.append(i // (i % 3))
    except ZeroDivisionError as e: r.append(str(e))
  return r
for k in range(0, 40): r = f(k)
print(r)`,
  ],
  [
    "what is handled is what sys.exception() gives, in callees too, and is restored",
    `def look(): return sys.exception()
def f(n):
  r = []
  for i in range(n):
    r.append(look() is None)
    try: raise KeyError(i)
    except KeyError as e:
      r.append(look() is e)
      try: raise ValueError(i)
      except ValueError as v: r.append((look() is v, v.__context__ is e))
      r.append(look() is e)
  return all(all(x) if isinstance(x, tuple) else x for x in r), len(r)
print(f(60))`,
  ],
  [
    "the locals of a frame that has returned since",
    `def g(i):
  x = 1
  try: raise KeyError(i)
  except KeyError as e: kept = e
  x = i * 2
  return kept
def h(i): return g(i)
def f(n):
  for i in range(n): e = h(i)
  return e.__traceback__.tb_frame.f_locals["x"]
print(f(100))`,
  ],
  [
    "a handler's own exception leaves the function",
    `def g(i):
  try: raise KeyError(i)
  except KeyError:
    if i % 2: raise
    raise ValueError(i)
def f(n):
  r = 0
  for i in range(n):
    try: g(i)
    except KeyError as e: r += 1; a = e
    except ValueError as e: r += 100; b = e
  return r, tb(a), tb(b), tb(b.__context__)
print(f(80))`,
  ],
  [
    "cells that are unbound at times",
    `def f(n):
    out = []
    for i in range(n):
        try:
            out.append(x)
        except NameError as e: out.append(str(e))
        if i % 3 == 1: x = i
        else:
            try:
                del x
                out.append("deleted")
            except NameError as e: out.append((str(e), e.__traceback__.tb_lineno))
    return out, lambda: x
print(f(60)[0])
def g(n):
    def inner(i):
        try: return y
        except NameError as e: return str(e)
    out = []
    for i in range(n):
        out.append(inner(i))
        if i % 5 == 4: y = i
        elif i % 5 == 0 and i: del y
    return out
print(g(60))`,
  ],
  [
    "locals and cells that are deleted at times",
    `def deleted(n):
  out = []
  for i in range(n):
    x = i
    if i % 3 == 0: del x
    try: out.append(x)
    except UnboundLocalError: out.append('U')
  return out
print(deleted(60))
def twice(n):
  out = []
  for i in range(n):
    x = i
    if i % 3 == 0: del x
    try:
      del x
      out.append(i)
    except UnboundLocalError: out.append('U')
    out.append('x' in locals())
  return out
print(twice(40))
def cells(n):
  out = []
  for i in range(n):
    x = i
    f = lambda: x
    if i % 3 == 0: del x
    try: out.append(f())
    except NameError: out.append('U')
    try:
      del x
      out.append(i)
    except NameError: out.append('U')
  return out
print(cells(40))`,
  ],
];

for (const [what, source] of PROGRAMS) {
  test(what, options, () => {
    const expected = run(HEAD + source, {});
    assert.doesNotMatch(expected, /Traceback|Error: /);
    assert.equal(run(HEAD + source, HOT), expected);
  });
}
