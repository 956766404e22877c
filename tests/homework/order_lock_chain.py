# Countdown from five threads. Each one waits in a `with` for the lock before it, then opens the next gate.
# expect: safe
import threading
import time

N = 5
gates = [threading.Lock() for _ in range(N + 1)]
for gate in gates:
    gate.acquire()


def say(i):
    with gates[i]:
        print(f"{N - i}...")
    time.sleep(0.1)
    gates[i + 1].release()


threads = [threading.Thread(target=say, args=(i,), name=f"counter-{i}") for i in reversed(range(N))]
for t in threads:
    t.start()
print("ready?")
gates[0].release()
gates[N].acquire()  # the last thread opens this one
print("lift off")
for t in threads:
    t.join()
