# A log writer in a daemon thread: it waits for lines until the program ends, which is no trouble.
# expect: safe
import queue
import threading

log_queue = queue.Queue()


def writer():
    while True:
        line = log_queue.get()
        print("LOG", line)
        log_queue.task_done()


def log(line):
    log_queue.put(f"[{threading.current_thread().name}] {line}")


def work(n):
    log("begins")
    total = sum(i * i for i in range(n))
    log(f"sum of squares below {n}: {total}")


threading.Thread(target=writer, daemon=True).start()
workers = [threading.Thread(target=work, args=(n,), name=f"worker-{n}") for n in (10, 20)]
for w in workers:
    w.start()
for w in workers:
    w.join()
log_queue.join()
print("end")
