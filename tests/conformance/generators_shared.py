# A generator that several threads use: it runs in one at a time, and is over for all when it ends or fails.
import threading

entered = threading.Event()
leave = threading.Event()


def numbers():
    yield 1
    entered.set()
    leave.wait()
    yield 2
    yield 3


def failing():
    yield 1
    raise ValueError("no more")


def attempt(what, action):
    try:
        print(what, action())
    except (ValueError, StopIteration, RuntimeError) as error:
        print(what, type(error).__name__, error)


def run(action):
    thread = threading.Thread(target=action)
    thread.start()
    return thread


shared = numbers()
print(next(shared))
thread = run(lambda: attempt("worker", lambda: next(shared)))
entered.wait()
attempt("main", lambda: next(shared))
attempt("main send", lambda: shared.send(5))
attempt("main close", lambda: shared.close())
attempt("main throw", lambda: shared.throw(KeyError("x")))
leave.set()
thread.join()
attempt("main", lambda: next(shared))
attempt("main", lambda: next(shared))
run(lambda: attempt("worker", lambda: next(shared, "over"))).join()

broken = failing()
run(lambda: attempt("worker", lambda: next(broken))).join()
run(lambda: attempt("worker", lambda: next(broken))).join()
attempt("main", lambda: next(broken))
run(lambda: attempt("worker", lambda: list(broken))).join()
broken = failing()


def through(generator):
    for value in generator:
        yield value


def consume():
    for value in through(broken):
        print("consumed", value)


run(lambda: attempt("for", consume)).join()
attempt("main", lambda: next(broken, "over"))
thrown = numbers()
next(thrown)
run(lambda: attempt("throw", lambda: thrown.throw(RuntimeError("thrown in")))).join()
attempt("main", lambda: next(thrown, "over"))
