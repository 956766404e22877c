import threading, queue, time, logging, signal

lock, other = threading.Lock(), threading.RLock()
changed = threading.Condition()
barrier = threading.Barrier(2)
permits = threading.Semaphore(1)
told = threading.Event()
jobs = queue.Queue(1)
done = []

def compute(n):
    total = 0
    for i in range(n):
        total += i * i % 7
        if i % 100 == 0:
            with lock:
                done.append(total)

def wait():
    with changed:
        changed.wait(5)
    with other, permits:
        told.wait(time.time() % 3)
    try:
        barrier.wait(1)
    except threading.BrokenBarrierError:
        logging.warning("broken at %s", time.monotonic())

def produce():
    for i in range(5):
        jobs.put(i, timeout=0.5)
        time.sleep(0.1)
    with changed:
        changed.notify()
    barrier.wait()

def consume():
    while True:
        done.append(jobs.get(timeout=2))

signal.signal(signal.SIGUSR1, lambda number, frame: told.set())
threads = [threading.Thread(target=compute, args=(100_000,)), threading.Thread(target=wait)]
threads += [threading.Thread(target=produce, daemon=True), threading.Thread(target=consume)]
for thread in threads:
    thread.start()
with lock:
    time.sleep(1)
for thread in threads:
    thread.join(3)
print(len(done))
