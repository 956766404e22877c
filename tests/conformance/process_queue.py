# A queue between processes: its order, its limits, its end; what is put is copied when it is sent.
import queue
from multiprocessing import Process, Queue


def worker(tasks, results):
    while True:
        task = tasks.get()
        if task is None:
            break
        results.put((task, task * 2))
    results.put("done")


def fails_at_end(results):
    results.put([1])
    raise SystemExit(4)


if __name__ == "__main__":
    tasks, results = Queue(), Queue()
    process = Process(target=worker, args=(tasks, results))
    process.start()
    for task in [3, "ab", (1, 2), [4]]:
        tasks.put(task)
    tasks.put(None)
    for _ in range(5):
        print(results.get())
    process.join()
    print(process.exitcode, results.empty(), tasks.empty())

    # It does not end before what it has put is on its way.
    process = Process(target=fails_at_end, args=(results,))
    process.start()
    print(results.get(timeout=60))
    process.join()
    print(process.exitcode)

    for attempt in [lambda: results.get(timeout=0.01), results.get_nowait, lambda: results.get(False)]:
        try:
            attempt()
        except queue.Empty:
            print("empty")
    small = Queue(2)
    small.put(1)
    small.put(2)
    print(small.full(), small.qsize())
    for attempt in [lambda: small.put(3, timeout=0.01), lambda: small.put_nowait(3)]:
        try:
            attempt()
        except queue.Full:
            print("full")
    print(small.get(), small.get(), small.full())
    small.close()
    try:
        small.put(1)
    except ValueError as error:
        print("ValueError", str(error).endswith("is closed"))
    small.join_thread()
    print("joined")
