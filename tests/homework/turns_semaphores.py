# FooBar: foo and bar alternate n times, with a semaphore for each.
# expect: safe
from threading import Semaphore, Thread


class FooBar:
    def __init__(self, n: int):
        self.n = n
        self.foo_sem = Semaphore(1)
        self.bar_sem = Semaphore(0)

    def foo(self, printFoo) -> None:
        for i in range(self.n):
            self.foo_sem.acquire()
            printFoo(i)
            self.bar_sem.release()

    def bar(self, printBar) -> None:
        for i in range(self.n):
            self.bar_sem.acquire()
            printBar(i)
            self.foo_sem.release()


foobar = FooBar(4)
threads = [
    Thread(target=foobar.bar, args=(lambda i: print("bar", i),)),
    Thread(target=foobar.foo, args=(lambda i: print("foo", i),)),
]
for t in threads:
    t.start()
for t in threads:
    t.join()
