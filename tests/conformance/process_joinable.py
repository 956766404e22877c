# A queue that counts what is done; its consumer is a daemon.
from multiprocessing import JoinableQueue, Process


def consumer(q):
    while True:
        item = q.get()
        print("consumes", item)
        q.task_done()


if __name__ == "__main__":
    q = JoinableQueue()
    q.join()
    process = Process(target=consumer, args=(q,), daemon=True)
    process.start()
    for item in range(4):
        q.put(item)
    q.join()
    print("all done", process.is_alive())
    try:
        q.task_done()
    except ValueError as error:
        print(error)
