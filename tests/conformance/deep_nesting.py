# Values nested far deeper than the stack of any thread: made, kept, handed to threads, dropped, looked at.
import threading

DEEP = 300_000


def nest(depth):
    value = ()
    for _ in range(depth):
        value = (value,)
    return value


def attempt(what, action):
    try:
        print(what, action())
    except RecursionError as error:
        print(what, error)


deep = nest(DEEP)
box = [deep, nest(DEEP)]
garbage = [[index] for index in range(20_000)]
print(len(box), len(garbage))
attempt("repr", lambda: len(repr(box)))
attempt("equal", lambda: box[0] == box[1])
attempt("order", lambda: box[0] < box[1])
attempt("itself", lambda: box[0] == deep)
attempt("isinstance", lambda: isinstance(3, deep))
attempt("shallow repr", lambda: len(repr(nest(700))))
attempt("shallow equal", lambda: nest(700) == nest(700))
attempt("shallow hash", lambda: hash(nest(700)) == hash(nest(700)))

pairs = ()
for _ in range(60):
    pairs = (pairs, pairs)
box.append(pairs)


def chained(depth):
    function = None
    for _ in range(depth):
        def wrapper(inner=function):
            return inner
        function = wrapper
    return function


methods = ()
for _ in range(DEEP):
    methods = (methods,).count
functions = chained(50_000)


def work(value):
    global deep
    print("in the thread", len(value))
    box.clear()
    deep = None


thread = threading.Thread(target=work, args=(box,))
thread.start()
thread.join()
methods = functions = None
garbage = [[index] for index in range(20_000)]

unwanted = (nest(1000), ValueError)
try:
    try:
        raise ValueError("wanted")
    except unwanted:
        print("never")
except TypeError as error:
    print(error)
print("done", box, deep)
