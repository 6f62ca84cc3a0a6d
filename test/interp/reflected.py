class P:
    def __rmod__(self, o): return NotImplemented
    def __radd__(self, o): return NotImplemented
    def __rmul__(self, o): return ("rmul", o)
    def __str__(self): return "P!"
class Q:
    def __rmod__(self, o): return ("mine", o)
    def __str__(self): return "Q!"
def f(a, b): return a % b
for i in range(30): r = f("%s", P())
print(r)
for i in range(30): r = f("%s", Q())
print(r)
for i in range(30): r = f(b"%s", b"x")
print(r)
try: print(f(b"%s", Q()))
except TypeError as e: print(e)
try: print("a" + P())
except TypeError as e: print(e)
print([1] * 2, "ab" * 2)
try: print("ab" * P())
except TypeError as e: print(e)
class S(str):
    def __rmod__(self, o): return ("S", o)
for i in range(30): r = f("%s", S("x"))
print(r)
class M:
    def __rmod__(self, o): raise KeyError("no")
for i in range(30): r = f("<%s>", M())
print(r[:3])
for i in range(30): r = f("%s and %s", (P(), Q()))
print(r)
class N:
    def __mod__(self, o): return ("mod", o)
    def __matmul__(self, o): return ("matmul", o)
for i in range(30): r = f(N(), "x"), f(N(), b"x"), f(N(), 5)
print(r)
for value in (5, 5.5, (1,), [1], {1: 2}, {3}, None, 1j, True, bytearray(b"%s")):
    def g(a, b): return a % b
    try:
        for i in range(30): r = g(value, Q())
        print(r)
    except TypeError as e: print(value, e)
class I:
    def __rmul__(self, o): return NotImplemented
    def __mul__(self, o): return NotImplemented
    def __add__(self, o): return NotImplemented
    def __radd__(self, o): return NotImplemented
    def __index__(self): return 2
def mul(a, b): return a * b
def add(a, b): return a + b
def iadd(a, b):
    a += b
    return a
for a, b in ([1], I()), ((1,), I()), ("ab", I()), (b"x", I()), (I(), [1]), (I(), "ab"):
    for i in range(30): r = mul(a, b)
    print(r)
for op in add, iadd:
    for a in [1], (1,), "ab", b"x", 5, bytearray(b"x"):
        for i in range(30):
            try: r = op(a, I())
            except TypeError as e: r = str(e)
        print(r)
