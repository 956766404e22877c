# A worker's results are many; main joins all workers and collects after that.
from multiprocessing import Process, Queue

def crunch(rank, results):
    for n in range(40):
        results.put((rank, n, "x" * 4000))

def main():
    results = Queue()
    workers = [Process(target=crunch, args=(rank, results)) for rank in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    total = 0
    while not results.empty():
        results.get()
        total += 1
    print(total)

if __name__ == "__main__":
    main()
# says: QueueFeederThread#3 waits for its turn to put into results, where 
# says: does not end before its QueueFeederThread has written all that was put into results: get it from there before you join Process-1.
