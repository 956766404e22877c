# A future of one's own: the result is guarded by a lock that the worker releases when it is there.
# expect: safe
import threading
import time


class Promise:
    def __init__(self, function, *args):
        self._ready = threading.Lock()
        self._ready.acquire()
        self._result = None
        self._error = None
        threading.Thread(target=self._work, args=(function, args)).start()

    def _work(self, function, args):
        try:
            self._result = function(*args)
        except Exception as error:
            self._error = error
        finally:
            self._ready.release()

    def result(self):
        with self._ready:
            if self._error is not None:
                raise self._error
            return self._result


def slow_square(n):
    time.sleep(0.1 * n)
    if n == 3:
        raise ValueError("three is too hard")
    return n * n


promises = [Promise(slow_square, n) for n in range(5)]
for n, promise in enumerate(promises):
    try:
        print(f"{n} squared is {promise.result()}")
    except ValueError as error:
        print(f"{n}: {error}")
