import cProfile
def f(n): return sum([g(i) for i in range(n)]) + len(list(map(g, [1,2])))
def g(i): return abs(i)
def fact(n): return 1 if n < 2 else n * fact(n-1)
def gen():
    for i in range(3): yield i
class A:
    def __init__(self): self.l=[]
    def add(self): self.l.append(1); "a".join(["b"])
def main():
    f(10); fact(5); list(gen())
    a=A(); a.add()
    try: {}["x"]
    except KeyError: pass
    sorted([3,1], key=lambda x: -x)
n=[0]
def timer(): n[0]+=1; return n[0]
def name(code): return code if isinstance(code, str) else code.co_name
def show(profile):
    for entry in sorted(profile.getstats(), key=lambda e: name(e.code)):
        calls = sorted((name(c.code), *c[1:]) for c in entry.calls or ())
        print(name(entry.code), *entry[1:5], calls)
p = cProfile.Profile(timer)
p.runcall(main)
show(p)
# Without native functions, without callers; on again, in units; cleared.
p = cProfile.Profile(timer, 0.5, subcalls=False, builtins=False)
p.enable(); f(2); p.disable()
f(3)
p.enable(); fact(2); p.disable()
show(p)
p.clear()
show(p)
with cProfile.Profile(timer) as outer:
    try: cProfile.Profile().enable()
    except ValueError as e: print(e)
    g(1)
show(outer)
