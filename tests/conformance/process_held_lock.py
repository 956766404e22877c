# A lock that another thread held when the process was made stays held there; one of the maker's own does not.
import threading
from multiprocessing import Process

lock = threading.Lock()
mine = threading.RLock()
ready = threading.Event()
done = threading.Event()


def holder():
    with lock:
        ready.set()
        done.wait()


def child():
    print("lock", lock.acquire(timeout=0.05))
    print("mine", mine.acquire(timeout=0.05))
    mine.release()
    mine.release()
    print("held by a thread that is not here:", other.is_alive(), threading.active_count())
    other.join()
    print("joined")


if __name__ == "__main__":
    other = threading.Thread(target=holder)
    other.start()
    ready.wait()
    with mine:
        process = Process(target=child)
        process.start()
        process.join()
    print(process.exitcode, mine.acquire(blocking=False), other.is_alive())
    done.set()
    other.join()
    print(lock.acquire(blocking=False))
