# A manager's namespace, value, locks, event and queue.
from multiprocessing import Manager, Process


def works(namespace, lock, value, event, queue):
    with lock:
        namespace.counter += 1
        value.value += 10
    namespace.word = "changed"
    queue.put(("from", namespace.counter))
    event.set()


def waits(event, queue):
    print(event.wait(), queue.get())


if __name__ == "__main__":
    with Manager() as manager:
        namespace = manager.Namespace(word="old")
        namespace.counter = 0
        lock, value, event, queue = manager.Lock(), manager.Value("i", 1), manager.Event(), manager.Queue()
        waiter = Process(target=waits, args=(event, queue))
        waiter.start()
        process = Process(target=works, args=(namespace, lock, value, event, queue))
        process.start()
        process.join()
        waiter.join()
        print(namespace, namespace.counter, namespace.word, value.value, event.is_set(), queue.empty())
        try:
            namespace.missing
        except AttributeError as error:
            print(error)
        del namespace.word
        print(hasattr(namespace, "word"))
        print(lock.acquire(), lock.acquire(False))
        lock.release()
        semaphore = manager.Semaphore(2)
        print(semaphore.acquire(), semaphore.acquire(), semaphore.acquire(False))
