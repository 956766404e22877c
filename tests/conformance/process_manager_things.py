"""What else a manager holds."""
import queue
from multiprocessing import Manager, Process


def work(names, value, lock, event, items, array, semaphore, condition):
    with lock:
        value.value += 1
        names.total += 5
    array[0] = 7
    items.put("from a process")
    semaphore.release()
    with condition:
        condition.notify_all()
    event.set()


if __name__ == "__main__":
    with Manager() as manager:
        names, value, lock, event = manager.Namespace(total=1), manager.Value("i", 1), manager.Lock(), manager.Event()
        items, array, semaphore = manager.Queue(), manager.Array("i", [1, 2]), manager.Semaphore(0)
        condition = manager.Condition()
        process = Process(target=work, args=(names, value, lock, event, items, array, semaphore, condition))
        process.start()
        print(event.wait(10), event.is_set(), semaphore.acquire())
        process.join()
        print(names.total, value.value, array[0], len(array), items.get(), items.empty(), items.qsize())
        print(names, value, event.is_set())
        try:
            items.get_nowait()
        except queue.Empty as error:
            print("empty", type(error).__name__)
        try:
            names.nothing
        except AttributeError as error:
            print("AttributeError", error)
        del names.total
        names.other = [1]
        print(names)
        print(lock.acquire(), lock.acquire(False), lock.release())
        barrier = manager.Barrier(1)
        print(barrier.wait())
        rlock = manager.RLock()
        print(rlock.acquire(), rlock.acquire(), rlock.release())
        bounded = manager.BoundedSemaphore(1)
        try:
            bounded.release()
        except ValueError as error:
            print(error)
    try:
        names.other
    except Exception as error:
        print(type(error).__name__)
