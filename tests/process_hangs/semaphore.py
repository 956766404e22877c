# A permit that is never given back.
# says: Process-1 took a permit of seats (line 6), gave none back, and ended at step 6. Process-2 waits for a permit of seats (line 6)
from multiprocessing import Process, Semaphore

def work(seats):
    seats.acquire()

if __name__ == "__main__":
    seats = Semaphore(1)
    workers = [Process(target=work, args=(seats,)) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
