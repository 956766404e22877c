# A worker is terminated while it waits inside queue.get: the read lock stays held, the others starve.
import time
from multiprocessing import Process, Queue

def serve(tasks):
    while True:
        item = tasks.get()
        if item is None:
            break
        print("did", item, flush=True)

if __name__ == "__main__":
    tasks = Queue()
    first = Process(target=serve, args=(tasks,), name="first")
    first.start()
    time.sleep(0.3)
    first.terminate()
    first.join()
    second = Process(target=serve, args=(tasks,), name="second")
    second.start()
    tasks.put("job")
    tasks.put(None)
    second.join()
    print("over")
# says: first ended while it held tasks.read (line 7), the lock of those that get from tasks. Every thread that wants tasks.read now waits forever.
