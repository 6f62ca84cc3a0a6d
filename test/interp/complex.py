# Complex numbers with each other and with real ones, where compiled code works on their parts.
inf, nan = float("inf"), float("nan")
class Own(complex):
    def __mul__(self, o): return "own product"
    def __abs__(self): return "own magnitude"
def mandel(n):
    inside = 0
    for y in range(n):
        for x in range(n):
            z = 0j; k = complex(x / n * 3 - 2, y / n * 2 - 1)
            for i in range(30):
                z = z * z + k
                if abs(z) > 2: break
            else: inside += 1
    return inside, z, k, k.real, k.imag
print(mandel(12))
def all_of(a, b):
    out = []
    for f in (lambda: a + b, lambda: a - b, lambda: a * b, lambda: a / b, lambda: a ** 2, lambda: abs(a), lambda: (a * b - b) * a, lambda: -a, lambda: a == b, lambda: [a * b, a * b][0].imag):
        try: out.append(f())
        except (OverflowError, ZeroDivisionError, TypeError, AttributeError) as e: out.append(str(e))
    return out
values = [1 + 2j, -0.0 - 0j, 2.5, -3, True, complex(inf, nan), complex(inf, 1), complex(nan, -inf), 1e200 + 1e200j, 1.7e308 + 1.7e308j, Own(1, 2), 2**70, 1j, 0j, -1j, -0.0, "a"]
for i in range(3):
    rows = [all_of(a, b) for a in values for b in values]
print([str(r) for r in rows[::5]]); print(len(rows), sum(len(repr(r)) for r in rows))
def polynomial(z, n):
    total = 0
    for k in range(n): total = total * z + k
    return total
print(polynomial(0.5 + 0.25j, 60), polynomial(2, 10), polynomial(1.5, 20), polynomial(1j, 50))
def kept(n):
    z = 1 + 0j; seen = []
    for i in range(n):
        w = z * 1j; same = w
        if i % 7 == 3: seen.append(w); seen.append(same)
        z = w + i
        if i == n - 2: raise ValueError(z, w is same, seen[-1] is seen[-2])
try: kept(70)
except ValueError as e: print(e.args)
def dft(xs):
    import cmath
    n = len(xs)
    return [sum(x * cmath.exp(-2j * cmath.pi * k * j / n) for j, x in enumerate(xs)) for k in range(n)]
print([f"{abs(c):.6f}" for c in dft([1.0, 2, 3.5, -1, 0, 2, 1j, 4])])
def made(n):
    for i in range(n): z = complex(i, -i / 2)
    try: return z, complex("1+2j"), complex(2**70, 1), complex(z)
    except TypeError as e: return str(e)
print(made(50))
