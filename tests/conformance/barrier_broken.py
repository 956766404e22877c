# A broken barrier: timeout, abort, and reset.
import threading

barrier = threading.Barrier(2, timeout=0.05)
for attempt in range(2):
    try:
        barrier.wait()
    except threading.BrokenBarrierError as error:
        print(type(error).__name__, str(error) == "", barrier.broken)
barrier.reset()
print(barrier.broken)

patient = threading.Barrier(2)
results = []


def wait():
    try:
        patient.wait()
    except threading.BrokenBarrierError:
        results.append("broken")


def run_against(action):
    thread = threading.Thread(target=wait)
    thread.start()
    while patient.n_waiting == 0:
        pause.wait(0.01)
    action()
    thread.join()
    print(results, patient.broken)


pause = threading.Event()
run_against(patient.abort)
patient.reset()
run_against(patient.reset)
print(isinstance(threading.BrokenBarrierError(), RuntimeError))
