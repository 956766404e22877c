# A subclass of Thread with run of its own keeps its results.
import threading


class Square(threading.Thread):
    def __init__(self, n):
        super().__init__(name=f"square-{n}")
        self.n = n
        self.result = None

    def run(self):
        self.result = self.n**2
        self.seen_as = threading.current_thread().name


class Plain(threading.Thread):
    def __init__(self, log):
        threading.Thread.__init__(self, daemon=True)
        self.log = log

    def run(self):
        self.log.append(self.daemon)


workers = [Square(n) for n in range(4)]
for worker in workers:
    worker.start()
for worker in workers:
    worker.join()
print([(w.name, w.result, w.seen_as, w.is_alive()) for w in workers])
log = []
plain = Plain(log)
plain.start()
plain.join()
print(log, isinstance(plain, threading.Thread))
