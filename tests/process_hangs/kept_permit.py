# A worker that fails keeps its slot of a semaphore.
from multiprocessing import Process, Semaphore

def job(slots, n):
    slots.acquire()
    if n == 0:
        raise ValueError("bad input")
    print("job", n, flush=True)
    slots.release()

if __name__ == "__main__":
    slots = Semaphore(1)
    a = Process(target=job, args=(slots, 0))
    a.start(); a.join()
    b = Process(target=job, args=(slots, 1))
    b.start(); b.join()
    print("over")
# says: Process-1 took a permit of slots (line 5), gave none back, and ended with exit code 1 (step 6): ValueError: bad input. Process-2 waits for a permit of slots (line 5)
