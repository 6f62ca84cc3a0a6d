# Class variables that change again and again, and what else may happen to their names.
class Base:
    count = 0
    kind = "base"
    def __init__(self): Base.count += 1
    def shown(self): return self.count, self.kind, type(self).count
class Derived(Base):
    def own(self): return Derived.count + self.count
class Other(Base):
    count = 100
def make(n):
    out = []
    for i in range(n):
        b, d, o = Base(), Derived(), Other()
        Base.kind = f"kind{i}"
        if i % 7 == 0: Other.count += 1
        out.append((b.shown(), d.own(), o.shown(), Base.count))
    return out[0], out[-1]
print(make(60)); print(make(60))
d = Derived(); d.count = "own"; print(d.shown(), Derived.count)
Derived.count = -1; print(d.shown(), Derived().shown(), Base.count)
for i in range(40): Derived.count += 1
del Derived.count; print(Derived.count == Base.count, Derived().own() == 2 * Base.count)
def read(n): return [(Base.count, Base().count, Derived.count) for i in range(n)][-1]
print(read(50))
Base.count = property(lambda self: "computed"); print(type(Base.count).__name__, d.shown()[0], Derived.__dict__.get("count"))
class Value:
    def __get__(self, obj, cls): return ("got", obj is None, cls.__name__)
Base.count = Value(); print(Base.count, Derived.count, d.count)
Base.count = 5; print(Base.count, read(30))
Base.count = len
try: Base()
except TypeError as e: print(e)
Base.count = 1; print(Base().shown())
class Meta(type):
    @property
    def level(cls): return "meta"
    def __setattr__(cls, name, value): type.__setattr__(cls, name, value * 2)
class Made(metaclass=Meta):
    size = 1
def grow(n):
    for i in range(n): Made.size = i % 5
    return Made.size, Made().size
print(grow(50), Made.level)
class Ids:
    next_id = 0
    @classmethod
    def take(cls): cls.next_id += 1; return cls.next_id
class MoreIds(Ids): pass
print([Ids.take() for i in range(50)][-1], [MoreIds.take() for i in range(50)][-1], Ids.next_id, MoreIds.next_id, "next_id" in vars(MoreIds))
class Slots:
    __slots__ = ("a",)
    made = 0
    def __init__(self): Slots.made += 1; self.a = self.made
print(sum(Slots().a for i in range(60)), Slots.made)
class Late: flag = None
def switch(n):
    t = 0
    for i in range(n):
        Late.flag = i if i % 3 else None
        t += 1 if Late().flag is None else Late.flag
    return t
print(switch(60), switch(10))
Late.flag = Late; print(Late.flag.__name__, switch(3))
