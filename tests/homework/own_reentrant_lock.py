# A reentrant lock of one's own, around a plain lock and its owner's name; a tree is walked with it.
# expect: safe
import threading


class ReentrantLock:
    def __init__(self):
        self._block = threading.Lock()
        self._state = threading.Lock()
        self._owner = None
        self._depth = 0

    def __enter__(self):
        me = threading.get_ident()
        with self._state:
            if self._owner == me:
                self._depth += 1
                return self
        self._block.acquire()
        with self._state:
            self._owner = me
            self._depth = 1
        return self

    def __exit__(self, *_):
        with self._state:
            self._depth -= 1
            if self._depth:
                return
            self._owner = None
        self._block.release()


lock = ReentrantLock()
tree = {"root": ["left", "right"], "left": ["leaf"], "right": []}
visits = 0


def walk(node):
    global visits
    with lock:
        visits += 1
        for child in tree.get(node, []):
            walk(child)


walkers = [threading.Thread(target=walk, args=("root",)) for _ in range(3)]
for w in walkers:
    w.start()
for w in walkers:
    w.join()
print(visits, "visits")
