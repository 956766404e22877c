# One poison pill fewer than there are workers.
# says: Process-3 waits for a message in q (line 8)
# says: main waits for Process-3 to end (line 20)
# says: put a last item for each that gets, such as None.
from multiprocessing import Process, Queue

def work(q):
    while q.get() is not None:
        pass

if __name__ == "__main__":
    q = Queue()
    workers = [Process(target=work, args=(q,)) for _ in range(3)]
    for worker in workers:
        worker.start()
    q.put(1)
    for _ in range(2):
        q.put(None)
    for worker in workers:
        worker.join()
