# A consumer skips task_done when an item is bad.
from multiprocessing import Process, JoinableQueue

def consume(q):
    while True:
        item = q.get()
        if item < 0:
            continue
        q.task_done()

if __name__ == "__main__":
    q = JoinableQueue()
    Process(target=consume, args=(q,), daemon=True, name="consumer").start()
    for n in (1, -2, 3):
        q.put(n)
    q.join()
    print("all done")
# says: stuck: main, consumer (
# says: main waits for task_done of q, 1 more (line 16); consumer waits for a message in q (line 6)
# says: Call task_done of q once for each item that was got, also where the work on it fails or is left out.
