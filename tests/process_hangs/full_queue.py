# The only consumer crashed; the producer's put on a bounded queue waits.
from multiprocessing import Process, Queue

def consumer(q):
    q.get()
    raise RuntimeError("disk full")

if __name__ == "__main__":
    q = Queue(maxsize=2)
    c = Process(target=consumer, args=(q,), name="consumer")
    c.start()
    for n in range(10):
        q.put(n)
    print("all put")
    c.join()
# says: consumer, which took from q, ended with exit code 1 (step 
# says: RuntimeError: disk full. main waits for room in q (line 13); no other thread is left to wake it.
