# Print in order with two barriers: a thread that comes later waits at both of them.
# expect: safe
from threading import Barrier, Thread

first_done = Barrier(2)
second_done = Barrier(2)


def first():
    print("first")
    first_done.wait()


def second():
    first_done.wait()
    print("second")
    second_done.wait()


def third():
    second_done.wait()
    print("third")


for f in (third, second, first):
    Thread(target=f, name=f.__name__).start()
