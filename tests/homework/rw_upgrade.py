# Two readers who both want to become the writer: each waits for the other one to stop reading.
# expect: deadlock or stuck: Eva, Ivo
import threading
import time


class RWLock:
    def __init__(self):
        self.cond = threading.Condition()
        self.readers = 0

    def read(self):
        with self.cond:
            self.readers += 1

    def done(self):
        with self.cond:
            self.readers -= 1
            self.cond.notify_all()

    def upgrade(self):
        with self.cond:
            while self.readers > 1:
                self.cond.wait()


wiki = RWLock()


def edit():
    wiki.read()
    time.sleep(0.1)
    wiki.upgrade()
    print("editing")
    wiki.done()


editors = [threading.Thread(target=edit, name=name) for name in ("Eva", "Ivo")]
for editor in editors:
    editor.start()
for editor in editors:
    editor.join()
