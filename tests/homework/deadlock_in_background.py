# Two workers deadlock over their locks, but a third one prints on to its end.
# expect: deadlock: reader, writer
import threading
import time

file_lock = threading.Lock()
index_lock = threading.Lock()


def reader():
    with index_lock:
        time.sleep(0.1)
        with file_lock:
            print("read")


def writer():
    with file_lock:
        time.sleep(0.1)
        with index_lock:
            print("written")


def heartbeat():
    for n in range(4):
        print("beat", n)
        time.sleep(0.25)


threads = [threading.Thread(target=f, name=f.__name__) for f in (reader, writer, heartbeat)]
for t in threads:
    t.start()
for t in threads:
    t.join()
