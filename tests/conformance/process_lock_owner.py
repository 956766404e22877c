"""Anybody may release a lock of processes; an RLock only its owner."""
from multiprocessing import Lock, Process, RLock


def release(lock):
    lock.release()


def attempt(lock):
    try:
        lock.release()
    except Exception as error:
        print(type(error).__name__, error)


if __name__ == "__main__":
    lock = Lock()
    lock.acquire()
    process = Process(target=release, args=(lock,))
    process.start()
    process.join()
    print("free again", lock.acquire(timeout=1))
    lock.release()
    attempt(lock)
    attempt(RLock())
    owned = RLock()
    owned.acquire()
    owned.acquire()
    process = Process(target=attempt, args=(owned,))
    process.start()
    process.join()
    owned.release()
    owned.release()
    attempt(owned)
