import threading
class Singleton:
    _instance = None
    _lock = threading.Lock()
    def __new__(cls, *args, **kwargs):
        if cls._instance is None:
            with cls._lock:
                if cls._instance is None:
                    cls._instance = super().__new__(cls)
        return cls._instance
    def __init__(self, value=0, *, tag="x"):
        self.value = value
        self.tag = tag
a = Singleton(1); b = Singleton(2, tag="y")
print(a is b, a.value, b.tag)
class Other:
    def __new__(cls, flag):
        if flag:
            return "not an instance"
        return object.__new__(cls)
    def __init__(self, flag):
        print("init", flag)
print(Other(True)); print(type(Other(False)).__name__)
class Meta(Exception):
    def __new__(cls, *a):
        made = super().__new__(cls, *a)
        made.code = 5
        return made
e = Meta("hi", 2)
print(e.args, e.code, repr(e))
res = []
def work(i):
    res.append(id(Singleton(i)))
ts = [threading.Thread(target=work, args=(i,)) for i in range(5)]
[t.start() for t in ts]; [t.join() for t in ts]
print(len(set(res)))
class P:
    def __init__(self, x): self.x = x
    def __new__(cls, *a): return super().__new__(cls)
print(P(3).x)
try:
    object.__new__(int)
except TypeError as err: print(err)
class Q: pass
try: Q(1)
except TypeError as err: print(err)
try: Q(x=1)
except TypeError as err: print(err)
