# A child does not end before its feeder has written what was put, which a full pipe keeps it from: join first, get later.
from multiprocessing import Process, Queue


def child(q):
    q.put("x" * 1_000_000)
    print("put")


def gives_up(q):
    q.put("y" * 1_000_000)
    q.cancel_join_thread()
    print("does not wait")


if __name__ == "__main__":
    q = Queue()
    process = Process(target=child, args=(q,))
    process.start()
    process.join(0.3)
    print(process.is_alive(), process.exitcode)
    print(len(q.get()))
    process.join()
    print(process.is_alive(), process.exitcode)
    other = Queue()
    process = Process(target=gives_up, args=(other,))
    process.start()
    process.join()
    print(process.exitcode)
