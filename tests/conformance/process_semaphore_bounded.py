"""Semaphores of processes: their values, and what a bounded one refuses."""
from multiprocessing import BoundedSemaphore, Process, Semaphore


def take(semaphore, queue_of_names, name):
    semaphore.acquire()
    queue_of_names.append(name)


if __name__ == "__main__":
    plain = Semaphore(2)
    print(plain.acquire(), plain.acquire(), plain.acquire(block=False), plain.acquire(timeout=0.01))
    print(plain.get_value())
    plain.release()
    plain.release()
    plain.release()
    print(plain.get_value())
    bounded = BoundedSemaphore(1)
    with bounded:
        print(bounded.get_value())
    try:
        bounded.release()
    except ValueError as error:
        print("ValueError:", error)
    process = Process(target=plain.acquire)
    process.start()
    process.join()
    print(plain.get_value(), process.exitcode)
