# Barrier: the last thread to arrive runs the action, a closure here, before any of them goes on.
import threading


def phases(workers, rounds):
    log = []
    phase = 0

    def between():
        nonlocal phase
        phase += 1
        log.append(f"phase {phase} over: {sorted(done)}")
        done.clear()

    done = []
    guard = threading.Lock()
    barrier = threading.Barrier(workers, action=between)

    def work(number):
        for _ in range(rounds):
            with guard:
                done.append(number)
            barrier.wait()

    threads = [threading.Thread(target=work, args=(n,)) for n in range(workers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return log


for line in phases(3, 2):
    print(line)


def fails():
    raise ValueError("action fails")


barrier = threading.Barrier(2, action=fails)
results = []


def meet():
    try:
        barrier.wait()
    except (ValueError, threading.BrokenBarrierError) as error:
        results.append(type(error).__name__)


threads = [threading.Thread(target=meet) for _ in range(2)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(sorted(results), barrier.broken)
