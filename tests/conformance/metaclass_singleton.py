# One instance of a class, no matter which thread asks first: a metaclass with a lock.
import threading


class Single(type):
    _instances = {}
    _lock = threading.Lock()

    def __call__(cls, *arguments, **keywords):
        with cls._lock:
            if cls not in cls._instances:
                cls._instances[cls] = super().__call__(*arguments, **keywords)
        return cls._instances[cls]


class Store(metaclass=Single):
    def __init__(self, name, *, size=1):
        print("made", name, size)
        self.name = name
        self.size = size


class Other(Store):
    pass


def work(name):
    stores.append(Store(name, size=3))


stores = []
threads = [threading.Thread(target=work, args=("first",)) for _ in range(3)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(all(store is stores[0] for store in stores), Store("late") is stores[0], stores[0].size)
print(Other("own").name, Other("later").name, type(Store) is Single, isinstance(Store, Single), isinstance(stores[0], Store))
