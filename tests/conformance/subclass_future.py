# A future with a name, and one that is looked at by its callbacks.
import threading
from concurrent.futures import Future, wait


class Promise(Future):
    def __init__(self, name):
        super().__init__()
        self.name = name

    def keep(self, value):
        self.set_result(value)


promise = Promise("tea")
promise.add_done_callback(lambda future: print("called back", future.result(), future is promise))
thread = threading.Thread(target=promise.keep, args=("served",))
thread.start()
thread.join()
print(promise.result(), promise.name, promise.done(), isinstance(promise, Future))
done, rest = wait([promise])
print(len(done), len(rest), [future.name for future in done])
