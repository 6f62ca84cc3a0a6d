# Sums of what is gone through without asking, and of what begins so.
class Odd(list):
    def __iter__(self): return iter([1, 2])
def tried(*a):
    try: return sum(*a)
    except (TypeError, OverflowError) as e: return str(e)
big = 2**53 - 1
lists = [[], [1, 2, 3], [True, 2], [1, True, 2], [1, 2.5, 3], [0.5, 1.5], [big, big, 1, 2], [1, 1j, 2.0], [1, "a"], [big, 1.0], list(range(30000)), [1, None], [-big, -big, 5, 0.25], Odd([5, 6])]
for l in lists: print([tried(x) for x in (l, tuple(l), iter(l), (i for i in l))], tried(l, 10), tried(l, 0.5), tried(l, [1]))
it = iter([1, 2, 3, 4]); next(it); print(sum(it), sum(it), list(it))
l = [1, 2, 3]; it = iter(l); print(sum(it)); l.append(9); print(list(it))
print(sum(b""), sum(b"\xff\x01"), sum(bytearray(b"\xff" * 30000)), sum(b"ab", big), tried(b"ab", 1.5), tried(b"ab", "x"), tried(bytearray(b"ab"), b""))
class B(bytes):
    def __iter__(self): return iter([7])
print(sum(B(b"abc")))
for start, stop, step in [(0, None, 2), (1, None, 3), (None, None, -2), (5, 1, -2), (2, 3, 5), (9, 2, 3), (None, None, -1), (1, 9, 4)]:
    b = bytearray(range(10)); del b[start:stop:step]
    c = bytearray(range(10)); s = slice(start, stop, step); c[s] = bytes(len(range(*s.indices(10))))
    d = bytearray(range(10)); d[s] = d[s]
    print(list(b), list(c), d[s], d == bytes(range(10)))
big = bytearray(range(256)) * 200
big[::3] = bytes(len(big[::3])); print(sum(big), sum(big[1::2])); del big[::3]; print(len(big), sum(big))
