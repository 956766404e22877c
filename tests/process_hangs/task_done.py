# A task_done that is forgotten for some items.
# says: main waits for task_done of q, 2 more (line 17)
# says: Process-1 waits for a message in q (line 8)
from multiprocessing import JoinableQueue, Process

def work(q):
    while True:
        item = q.get()
        if item % 2:
            q.task_done()

if __name__ == "__main__":
    q = JoinableQueue()
    Process(target=work, args=(q,), daemon=True).start()
    for n in range(3):
        q.put(n)
    q.join()
