# Workers wait for an event that main would set after it joined them.
# expect: stuck: worker 1, worker 2
import threading

start = threading.Event()


def worker(n):
    start.wait()
    print("worker", n, "starts")


workers = [threading.Thread(target=worker, args=(n,), name=f"worker {n}") for n in (1, 2)]
for w in workers:
    w.start()
for w in workers:
    w.join()
start.set()
