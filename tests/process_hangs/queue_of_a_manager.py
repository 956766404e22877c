# A consumer waits for more from the queue of a manager than there is.
from multiprocessing import Process, Manager

def consume(q):
    while True:
        n = q.get()
        if n is None: return

if __name__ == "__main__":
    with Manager() as m:
        q = m.Queue()
        p = Process(target=consume, args=(q,), name="eater")
        p.start()
        for n in range(3): q.put(n)
        p.join()
# says: eater waits for the manager's answer (line 6); m for eater waits for an item in q; main waits for eater to end (line 15)
