"""A barrier of processes that is broken: by a limit, and by abort."""
from multiprocessing import Barrier, Process
from threading import BrokenBarrierError


def arrive(barrier, name):
    try:
        barrier.wait(10)
        print("passed")
    except BrokenBarrierError:
        print("broken")


if __name__ == "__main__":
    barrier = Barrier(2)
    print(barrier.parties, barrier.n_waiting, barrier.broken)
    try:
        barrier.wait(timeout=0.01)
    except BrokenBarrierError as error:
        print("limit", repr(error))
    print(barrier.broken)
    barrier.reset()
    print(barrier.broken)
    process = Process(target=arrive, args=(barrier, "a"))
    process.start()
    barrier.wait()
    process.join()
    barrier.abort()
    process = Process(target=arrive, args=(barrier, "b"))
    process.start()
    process.join()
