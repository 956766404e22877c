"""A simple queue: no bound, no feeder, and what cannot be put."""
from multiprocessing import Process, SimpleQueue


def put(items):
    for number in range(3):
        items.put(number)
    items.put(None)


if __name__ == "__main__":
    items = SimpleQueue()
    print(items.empty())
    process = Process(target=put, args=(items,))
    process.start()
    process.join()
    print(items.empty(), list(iter(items.get, None)))
    try:
        items.put(lambda: 1)
    except Exception as error:
        print(type(error).__name__)
    print(items.empty())
    for name in ("qsize", "put_nowait", "full"):
        print(name, hasattr(items, name))
    items.close()
    for use in (items.get, items.empty, lambda: items.put(1), items.close):
        try:
            print(use())
        except OSError as error:
            print(error)
