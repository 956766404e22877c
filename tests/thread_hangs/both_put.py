import threading, queue
class Worker(threading.Thread):
    def __init__(self, inbox, peer):
        super().__init__(); self.inbox = inbox; self.peer = peer
    def run(self):
        for n in range(5):
            self.peer.put(n)
        for n in range(5):
            self.inbox.get()
a, b = queue.Queue(2), queue.Queue(2)
x, y = Worker(a, b), Worker(b, a)
x.start(); y.start(); x.join(); y.join()

# Two threads put into each other's full queue first.
# says: Thread-1 waits for room in b (line 7); Thread-2 waits for room in a (line 7)
