# Two locks between processes, taken in opposite orders.
# says: Process-1 holds a (line 6) and waits for b; Process-2 holds b (line 6) and waits for a. Take a first in both.
from multiprocessing import Lock, Process, Barrier

def work(first, second, gate):
    with first:
        gate.wait()
        with second:
            pass

if __name__ == "__main__":
    a, b, gate = Lock(), Lock(), Barrier(2)
    one = Process(target=work, args=(a, b, gate))
    other = Process(target=work, args=(b, a, gate))
    one.start()
    other.start()
    one.join()
    other.join()
