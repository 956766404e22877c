import threading
slots = threading.Semaphore(1)
def job(n):
    slots.acquire()
    if n == 0:
        raise ValueError("bad")
    slots.release()
for n in range(2):
    t = threading.Thread(target=job, args=(n,)); t.start(); t.join()

# A thread that fails keeps its permit.
# says: Thread-1 (job) took a permit of slots (line 4), gave none back, and crashed at line 6 (step 
