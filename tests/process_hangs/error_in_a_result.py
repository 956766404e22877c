# A multiprocessing.Queue as an argument of a pool's task; error swallowed, get waits.
from multiprocessing import Pool, Queue

def task(q, n):
    q.put(n)

if __name__ == "__main__":
    q = Queue()
    pool = Pool(2)
    for n in range(3):
        pool.apply_async(task, (q, n))
    pool.close()
    print(q.get())
# says: A task of a pool ended with RuntimeError('Queue objects should only be shared
# says: `get` of its result raises that. Nobody ever put into q. main waits for a message in q (line 13)
