"""The names that textbooks take from CPython's own classes: a thread's target, a semaphore's value, what a local holds."""
import queue
import threading


class Returning(threading.Thread):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self._result = None
        self._error = None

    def run(self):
        try:
            if self._target is not None:
                self._result = self._target(*self._args, **self._kwargs)
        except Exception as error:
            self._error = error

    def join(self, timeout=None):
        super().join(timeout)
        if self._error is not None:
            raise self._error
        return self._result


def power(base, exponent=2):
    return base**exponent


for thread in [Returning(target=power, args=(3,)), Returning(target=power, args=[2], kwargs={"exponent": 5}), Returning()]:
    thread.start()
    print(thread.join())
bad = Returning(target=power, args=("a",))
bad.start()
try:
    bad.join()
except TypeError as error:
    print(error)


class Own(threading.Thread):
    def __init__(self, *args):
        super().__init__()
        self._args = args

    def run(self):
        print(self._args, self._kwargs)


own = Own(1, 2)
own.start()
own.join()

permits = threading.Semaphore(2)
with permits:
    print(permits._value)
permits.release()
print(permits._value, threading.BoundedSemaphore()._value)
tasks = queue.Queue()
tasks.put("a")
tasks.put("b")
tasks.get()
tasks.task_done()
print(tasks.unfinished_tasks)
held = threading.local()
held.name = "main"


def look():
    print(held.__dict__)
    held.number = 1
    print(vars(held), hasattr(held, "name"))


thread = threading.Thread(target=look)
thread.start()
thread.join()
print(held.__dict__)
