# A condition that counts; `wait_for` waits by the class's own `wait`.
import threading


class Counted(threading.Condition):
    def __init__(self, lock=None):
        super().__init__(lock)
        self.waits = 0

    def wait(self, timeout=None):
        self.waits += 1
        return super().wait(timeout)


condition = Counted(threading.Lock())
state = []


def consumer():
    with condition:
        condition.wait_for(lambda: state)
        print("got", state.pop())


thread = threading.Thread(target=consumer)
thread.start()
with condition:
    state.append(1)
    condition.notify()
thread.join()
with condition:
    print(condition.wait(0.01), condition.wait_for(lambda: False, 0.02))
print(condition.waits >= 2)
try:
    condition.notify()
except RuntimeError as error:
    print(error)
