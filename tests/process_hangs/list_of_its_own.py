# Consumer waits on condition of shared Value with predicate checked on process-local variable.
from multiprocessing import Process, Condition

items = []

def produce(cond):
    with cond:
        items.append("cake")
        cond.notify()

if __name__ == "__main__":
    cond = Condition()
    p = Process(target=produce, args=(cond,), name="producer")
    with cond:
        p.start()
        cond.wait_for(lambda: items)
    print(items)
    p.join()
# says: main looked and waits again: what it looks at was not so, and of what is no Value or Array each process has its own copy.
