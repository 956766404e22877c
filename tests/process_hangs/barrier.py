# A barrier for one process more than there are.
# says: Process-1 waits for 3 threads at gate, 2 are there (line 6); Process-2 waits for 3 threads at gate, 2 are there (line 6); main waits for Process-1 to end (line 14)
from multiprocessing import Barrier, Process

def work(gate):
    gate.wait()

if __name__ == "__main__":
    gate = Barrier(3)
    workers = [Process(target=work, args=(gate,)) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
