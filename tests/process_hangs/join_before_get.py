# A process is joined before its results were taken out of the queue.
# says: Process-1 waits for QueueFeederThread to end
# says: Process-1 does not end before its QueueFeederThread has written all that was put into results: get it from there
from multiprocessing import Process, Queue

def work(results):
    for n in range(20):
        results.put("x" * 10_000)

if __name__ == "__main__":
    results = Queue()
    p = Process(target=work, args=(results,))
    p.start()
    p.join()
    print(results.get())
