# A pool of two connections, and a client that never gives one back when its query fails.
# expect: stuck: client 2, client 3
import threading
import time

pool = threading.Semaphore(2)


def query(n):
    time.sleep(n * 0.1)
    pool.acquire()
    try:
        if n < 2:
            raise ConnectionError("the server has gone away")
        print(f"client {n}: 42 rows")
        pool.release()
    except ConnectionError as error:
        print(f"client {n}: {error}")


clients = [threading.Thread(target=query, args=(n,), name=f"client {n}") for n in range(4)]
for c in clients:
    c.start()
for c in clients:
    c.join()
