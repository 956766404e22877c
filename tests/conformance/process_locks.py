# The locks and semaphores that processes share.
from multiprocessing import BoundedSemaphore, Lock, Process, RLock, Semaphore


def child(lock, rlock, semaphore):
    print("child", lock.acquire(False), lock.acquire(timeout=0.01), rlock.acquire(block=False), semaphore.acquire(False))
    try:
        rlock.release()
    except AssertionError as error:
        print("AssertionError", error)
    lock.release()
    print("child released what another process took")


def adds(counter_lock, number):
    for _ in range(number):
        with counter_lock:
            pass


if __name__ == "__main__":
    lock, rlock, semaphore = Lock(), RLock(), Semaphore(1)
    print(lock.acquire(), rlock.acquire(), rlock.acquire(), semaphore.acquire())
    process = Process(target=child, args=(lock, rlock, semaphore))
    process.start()
    process.join()
    print(lock.acquire(False))
    lock.release()
    rlock.release()
    rlock.release()
    semaphore.release()
    for attempt in [lock.release, rlock.release]:
        try:
            attempt()
        except (ValueError, AssertionError) as error:
            print(type(error).__name__, error)
    bounded = BoundedSemaphore(2)
    print(bounded.get_value(), bounded.acquire(), bounded.get_value())
    bounded.release()
    try:
        bounded.release()
    except ValueError as error:
        print(error)
    semaphore.release()
    print(semaphore.get_value())
    processes = [Process(target=adds, args=(lock, 20)) for _ in range(3)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    print([process.exitcode for process in processes], lock.acquire(False))
