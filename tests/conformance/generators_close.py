# Generators: close, throw, send, return, and what is wrong with them.
def g():
    try:
        x = yield 1
        print("got", x)
        y = yield 2
        print("got", y)
    except GeneratorExit:
        print("closing")
        raise
    except ValueError as e:
        print("value", e)
        yield "caught"
    finally:
        print("cleanup")
    return "result"
a = g(); print(next(a), a.send(10)); a.close(); a.close()
a = g(); next(a); print(a.throw(ValueError("v")))
try: next(a)
except StopIteration as s: print("ret", s.value)
a = g(); next(a); next(a)
try: next(a)
except StopIteration as s: print("ret", s.value, s.args)
def bad():
    try: yield 1
    except GeneratorExit: yield 2
b = bad(); next(b)
try: b.close()
except RuntimeError as e: print(e)
def r():
    raise StopIteration("x")
    yield
try: next(r())
except RuntimeError as e: print(e, repr(e.__cause__))
x = g()
try: x.send(1)
except TypeError as e: print(e)
def rec():
    yield next(me)
me = rec()
try: next(me)
except ValueError as e: print(e)
print(g.__name__, type(a).__name__, iter(a) is a)
try: next(a)
except StopIteration as e: print(repr(e))
def outer():
    r = yield from inner()
    print("inner returned", r)
    yield from [1, 2]
    yield from "ab"
def inner():
    got = yield "i"
    return got
o = outer(); print(next(o), o.send("sent"), list(o))
print(sum(x * x for x in range(4)), [*(x for x in "ab")], dict((k, 1) for k in "ab"))
def inf():
    n = 0
    while True:
        reset = yield n
        n = reset if reset is not None else n + 1
i = inf(); print(next(i), next(i), i.send(10), next(i))
print(isinstance(GeneratorExit(), Exception), GeneratorExit.__mro__)
a = g()
try: a.throw(KeyError, "k")
except KeyError as e: print(repr(e))
for v in (lambda: (yield 5))(): print(v)
