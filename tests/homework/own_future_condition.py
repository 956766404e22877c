# A hand-made future with a condition and callbacks, asked by two threads at once.
# expect: safe
import threading


class Future:
    PENDING = object()

    def __init__(self):
        self._value = Future.PENDING
        self._cond = threading.Condition()
        self._callbacks = []

    def set(self, value):
        with self._cond:
            self._value = value
            callbacks, self._callbacks = self._callbacks, []
            self._cond.notify_all()
        for callback in callbacks:
            callback(value)

    def get(self, timeout=None):
        with self._cond:
            if not self._cond.wait_for(lambda: self._value is not Future.PENDING, timeout):
                raise TimeoutError("no value yet")
            return self._value

    def then(self, callback):
        with self._cond:
            if self._value is Future.PENDING:
                self._callbacks.append(callback)
                return
        callback(self._value)


answer = Future()
try:
    answer.get(timeout=0.1)
except TimeoutError as late:
    print("main:", late)
askers = [threading.Thread(target=lambda: print("asker got", answer.get())) for _ in range(2)]
for asker in askers:
    asker.start()
answer.then(lambda value: print("callback got", value))
threading.Thread(target=answer.set, args=(42,)).start()
for asker in askers:
    asker.join()
answer.then(lambda value: print("late callback got", value))
