import threading
gate = threading.Barrier(4)
def phase():
    gate.wait()
ts = [threading.Thread(target=phase) for _ in range(3)]
for t in ts: t.start()
for t in ts: t.join()

# A barrier of four, and three threads.
# says: Thread-1 (phase) waits for 4 threads at gate, 3 are there (line 4)
