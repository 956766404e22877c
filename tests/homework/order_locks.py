# Print in order: first, second, third, with two locks that are taken when the object is made.
# expect: safe
import threading
from typing import Callable


class Foo:
    def __init__(self):
        self.lock1 = threading.Lock()
        self.lock2 = threading.Lock()
        self.lock1.acquire()
        self.lock2.acquire()

    def first(self, print_first: Callable[[], None]) -> None:
        print_first()
        self.lock1.release()

    def second(self, print_second: Callable[[], None]) -> None:
        self.lock1.acquire()
        print_second()
        self.lock1.release()
        self.lock2.release()

    def third(self, print_third: Callable[[], None]) -> None:
        self.lock2.acquire()
        print_third()
        self.lock2.release()


said = []
foo = Foo()
jobs = [
    (foo.third, lambda: said.append("third")),
    (foo.first, lambda: said.append("first")),
    (foo.second, lambda: said.append("second")),
]
threads = [threading.Thread(target=method, args=(say,)) for method, say in jobs]
[t.start() for t in threads]
[t.join() for t in threads]
print(" ".join(said))
