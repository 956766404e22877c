# The result is lost: the worker ends by os._exit before its feeder has written.
import os
from multiprocessing import Process, Queue

def work(q):
    q.put("result")
    os._exit(0)

if __name__ == "__main__":
    q = Queue()
    p = Process(target=work, args=(q,))
    p.start()
    p.join()
    print(q.get())
# says: Process-1 put into q (line 6), and Process-1 ended (exit code 0) before that was sent: a feeder thread sends it, and neither os._exit nor a signal waits for that thread. Let the process return.
