# Barrier: everybody waits for everybody; indices, parties, reuse, action.
import threading

log = []
lock = threading.Lock()
barrier = threading.Barrier(3, action=lambda: log.append("action"))
indices = [[], []]


def work():
    for phase in range(2):
        index = barrier.wait()
        with lock:
            indices[phase].append(index)


threads = [threading.Thread(target=work) for _ in range(3)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print([sorted(phase) for phase in indices], log)
print(barrier.parties, barrier.n_waiting, barrier.broken)
alone = threading.Barrier(1)
print(alone.wait(), alone.wait(timeout=1))
