def lcg(x, n):
    out = []
    for i in range(n):
        x = (x * 1103515245 + 12345) & 0x7FFFFFFF
        out.append(x)
    return out
print(lcg(1, 60)[-5:], sum(lcg(7, 300)))

def fnv(data):
    h = 2166136261
    for b in data:
        h ^= b
        h = (h * 16777619) & 0xFFFFFFFF
    return h
print(fnv(b'hello world, this is hot' * 9))

def rest(x, m, n):
    out = []
    for i in range(n):
        x = (x * 6364136223846793 - i) % m
        out.append(x)
    return out
for m in (2**32, 2**31, 1, 2, 10**9 + 7, 2**33, 7, 2**53 - 111, 2**60 + 33):
    print(m, rest(12345678901, m, 40)[-3:], rest(-99999999999, m, 40)[-3:])

def negative(n):
    out = []
    for i in range(-n, n):
        a = i * 9007199254740
        out.append((a * 33333 & 0xFFFF, a * -33333 & 0xFFFFFFFF, (a * 33333 - a) & 0x7F, a * 33333 % 1000, a * 33333 % -1000, a * 33333 & -2, a * 33333 & 2**40))
    return out
print(negative(40)[::7])

def sometimes(n):
    kept = []
    for i in range(n):
        x = 3000000 * i
        y = x * x
        if i % 5 == 0: kept.append(y)
        z = y + 1 - y
        kept.append(z)
    return kept[-8:], sum(kept)
print(sometimes(3000)[0], sometimes(80))

def chain(n):
    out = []
    for i in range(n):
        a = (i + 1) * 90071992547409
        b = a * 9007199
        c = b * 7
        d = c * b
        out.append((c & 255, d & 255, (c + b) & 0xFFFFFFFF, (c - b - a) & 0xFFFF, c, d % 97, (b + b) % 1000003, b - c))
    return out
print(chain(50)[-2:])

def shifts(n):
    out = []
    for i in range(n):
        h = (i << 50) + i
        out.append((h & 0xFFFFFFFF, (h << 9) & 0xFFFF, (i << i) % 1000))
    return out
print(shifts(60)[-3:])

def fails(n):
    r = []
    for i in range(n):
        try: r.append((i * 2**52 + 12) % (i - 30))
        except ZeroDivisionError as e: r.append(str(e))
        try: r.append((i * 2**52 + 12) & (1.5 if i == 33 else i))
        except TypeError as e: r.append(str(e))
    return r
print(fails(60)[56:72])

def power(n):
    x = 3
    for i in range(n): x = x * x % 18446744073709551557
    y = 3
    for i in range(12): y = y * y
    return x, y
for _ in range(9): r = power(40)
print(r[0], len(str(r[1])))
def huge(n):
    y = 10**9
    for i in range(n): y = y * 10**9
    return len(str(y))
print([huge(60) for _ in range(5)])
