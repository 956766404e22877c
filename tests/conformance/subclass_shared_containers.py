# Containers of classes of one's own that several threads use.
import threading


class Log(list):
    def note(self, what):
        self.append(what)


class Table(dict):
    def __init__(self):
        super().__init__()
        self.lock = threading.Lock()

    def count(self, key):
        with self.lock:
            self[key] = self.get(key, 0) + 1


class Seen(set):
    def first(self, item):
        before = len(self)
        self.add(item)
        return len(self) > before


log, table, seen = Log(), Table(), Seen()


def work(number):
    for step in range(5):
        log.note((number, step))
        table.count(step)
        seen.first(step % 2)


threads = [threading.Thread(target=work, args=(number,)) for number in range(3)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(len(log), sorted(log)[:2], table, sorted(seen), isinstance(log, list))
