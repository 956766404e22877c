from concurrent.futures import ThreadPoolExecutor
import queue
q = queue.Queue()
def produce(n):
    q.put(10 // n)
with ThreadPoolExecutor(2) as ex:
    for n in (1, 0):
        ex.submit(produce, n)
    print(q.get(), q.get())

# A task fails, and nobody looks into its future.
# says: produce(0) ended with ZeroDivisionError: the `result` of its future raises that. main waits for an item in q (line 9)
