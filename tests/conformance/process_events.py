# Events, conditions and barriers that processes share.
import threading
from multiprocessing import Barrier, Condition, Event, Process, Value


def waits(event, other):
    print("before", event.is_set(), event.wait(0.01))
    other.set()
    print("after", event.wait(60))


def consumer(condition, ready):
    with condition:
        condition.wait_for(lambda: ready.value == 3)
    print("ready", ready.value)


def meets(barrier, arrived):
    with arrived.get_lock():
        arrived.value += 1
    barrier.wait()


def breaks(barrier):
    try:
        barrier.wait(0.01)
    except threading.BrokenBarrierError:
        print("broken")


if __name__ == "__main__":
    event, other = Event(), Event()
    process = Process(target=waits, args=(event, other))
    process.start()
    other.wait()
    event.set()
    process.join()
    event.clear()
    print(event.is_set())

    condition, ready = Condition(), Value("i", 0)
    process = Process(target=consumer, args=(condition, ready))
    process.start()
    for number in range(1, 4):
        with condition:
            ready.value = number
            condition.notify_all()
    process.join()
    for attempt in [condition.wait, condition.notify]:
        try:
            attempt()
        except AssertionError as error:
            print("AssertionError", error)

    barrier, arrived = Barrier(3), Value("i", 0)
    processes = [Process(target=meets, args=(barrier, arrived)) for _ in range(2)]
    for process in processes:
        process.start()
    barrier.wait()
    print(arrived.value, barrier.parties, barrier.broken)
    for process in processes:
        process.join()
    process = Process(target=breaks, args=(barrier,))
    process.start()
    process.join()
    print(barrier.broken)
