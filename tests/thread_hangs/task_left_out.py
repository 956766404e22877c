import threading, queue

def consume(q):
    while True:
        item = q.get()
        if item < 0:
            continue
        q.task_done()

q = queue.Queue()
threading.Thread(target=consume, args=(q,), daemon=True, name="consumer").start()
for n in (1, -2, 3):
    q.put(n)
q.join()
print("all done")

# A consumer forgets task_done for what it leaves out.
# says: main waits for task_done of q (line 14); consumer waits for an item in q (line 5)
# says: Call task_done of q once for each item that was got, also where the work on it fails or is left out.
