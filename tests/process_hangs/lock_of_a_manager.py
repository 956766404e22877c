# A manager's lock is taken twice.
from multiprocessing import Process, Manager

def add(lock, d, n):
    with lock:
        update(lock, d, n)

def update(lock, d, n):
    with lock:
        d[n] = 1

if __name__ == "__main__":
    with Manager() as m:
        lock = m.Lock(); d = m.dict()
        p = Process(target=add, args=(lock, d, 1))
        p.start(); p.join()
        print(dict(d))
# says: m for Process-2 holds lock and waits for it again. Take it once, or make it an RLock.
# says: Process-2 waits for the manager's answer (line 9); main waits for Process-2 to end (line 16)
