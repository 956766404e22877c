# A singleton by __new__, under a lock.
# expect: safe
import threading


class Database:
    _instance = None
    _lock = threading.Lock()

    def __new__(cls, *args, **kwargs):
        with cls._lock:
            if cls._instance is None:
                cls._instance = super().__new__(cls)
                cls._instance.queries = []
        return cls._instance

    def query(self, text):
        with self._lock:
            self.queries.append(text)


def client(number):
    Database().query(f"SELECT {number}")


clients = [threading.Thread(target=client, args=(i,)) for i in range(5)]
for c in clients:
    c.start()
for c in clients:
    c.join()
print(len(Database().queries), "queries")
print(Database() is Database())
