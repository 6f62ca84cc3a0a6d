/**
 * Somebody begins to watch while compiled code runs: it is left at once, and what is told is what the interpreter
 * alone would tell, which `test/interp/watching.test.ts` compares with CPython's.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { HOT, options, run, stress } from "./run.ts";

const TRACER = `
import sys
lines = []
def tracer(frame, event, arg):
  lines.append((frame.f_code.co_name, frame.f_lineno - frame.f_code.co_firstlineno, event))
  return tracer
def watch():
  "As a debugger does: all frames are watched from here on."
  frame = sys._getframe().f_back
  while frame is not None:
    frame.f_trace = tracer
    frame = frame.f_back
  sys.settrace(tracer)
def show():
  sys.settrace(None)
  print(len(lines), *lines[:60])
  lines.clear()
# As hot as what is watched.
for i in range(60):
  watch()
  sys.settrace(None)
lines.clear()
`;
const PROGRAMS: [what: string, source: string][] = [
  [
    "in a loop",
    `
def f(n):
  t = 0
  for i in range(n):
    t += i
    if i == 70: watch()
    t -= 1
    if i == 75: show()
  return t
print(f(100), f(100), f(60))
`,
  ],
  [
    "in a function that a hot loop calls",
    `
def g(i):
  if i == 80:
    watch()
  return i + 1
def f(n):
  t = 0
  for i in range(n):
    t += g(i)
    t = t + 1
  return t
print(f(90)); show()
print(f(90)); show()
`,
  ],
  [
    "below methods, closures, generators and a native function",
    `
class A:
  def __init__(self, n): self.n = n
  def step(self, i):
    if i == self.n: watch()
    return i
  @property
  def p(self): return self.step(self.n - 1)
  def __add__(self, other): return self.step(other)
def gen(a, n):
  for i in range(n):
    yield a + i
def f(n, a):
  def inner(x):
    y = a.step(x)
    return y
  t = 0
  for x in gen(a, n):
    t += inner(x) + a.p
    t += sum(map(inner, [x, x + 1]))
    if x == a.n + 2: show()
  return t
print(f(60, A(50)), f(60, A(55)), f(20, A(99)))
`,
  ],
  [
    "by an operator whose method does it, in code of straight lines",
    `
class A:
  on = False
  def __add__(self, other):
    if A.on: watch()
    return other
  def __getattr__(self, name):
    if A.on: watch()
    return 1
def f(a):
  x = a + 1
  y = a + 2
  z = a.missing
  w = x + y
  return w + z
a = A()
for i in range(60): f(a)
A.on = True
print(f(a)); show()
A.on = False
for i in range(60): f(a)
A.on = True
print(f(a)); show()
`,
  ],
  [
    "by an exception's handler, and by what raises",
    `
def fail(i):
  if i == 66: watch()
  raise ValueError(i)
def f(n):
  t = 0
  for i in range(n):
    try:
      fail(i)
    except ValueError as e:
      t += e.args[0]
  return t
print(f(70)); show()
`,
  ],
  [
    "by recursion",
    `
def fib(n):
  if n == 1 and fib.on:
    fib.on = False
    watch()
  return n if n < 2 else fib(n - 1) + fib(n - 2)
fib.on = False
for i in range(10): fib(10)
fib.on = True
print(fib(6)); show()
print(fib(12))
`,
  ],
  [
    "a profiler, off and on again",
    `
calls = []
def profile(frame, event, arg):
  calls.append((frame.f_code.co_name, event, getattr(arg, '__name__', arg)))
def h(i): return abs(i) + len([i])
def f(n):
  t = 0
  for i in range(n):
    if i == 50: sys.setprofile(profile)
    t += h(i)
    if i == 52: sys.setprofile(None)
  return t
print(f(90), f(90)); print(len(calls), calls[:40])
`,
  ],
  [
    "tools of sys.monitoring, and code that is compiled while nobody watches any more",
    `
m = sys.monitoring
seen = []
m.use_tool_id(3, 'test')
m.register_callback(3, m.events.PY_START, lambda code, offset: seen.append(code.co_name))
m.register_callback(3, m.events.LINE, lambda code, line: seen.append(line - code.co_firstlineno))
def h(i):
  return i
def f(n):
  t = 0
  for i in range(n):
    if i == 50: m.set_events(3, m.events.PY_START)
    t += h(i)
    if i == 52: m.set_events(3, 0)
    if i == 60: m.set_local_events(3, h.__code__, m.events.LINE)
    if i == 63: m.set_local_events(3, h.__code__, 0)
  return t
print(f(90), f(90), seen)
`,
  ],
];

for (const [what, source] of PROGRAMS) {
  const program = TRACER + source;
  test(`watched ${what}`, options, () => {
    const expected = run(program, {});
    assert.equal(run(program, HOT), expected);
    assert.equal(run(program, { ...HOT, "jit-warm-threshold": "2" }), expected, "baseline functions first");
    for (const seed of [1, 2, 3]) assert.equal(run(program, stress(seed)), expected, `seed ${seed}`);
  });
}
