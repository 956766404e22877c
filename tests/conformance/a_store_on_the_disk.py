import json
import os
import tempfile
import threading


class Store:
    def __init__(self, path):
        self.path = path
        self.lock = threading.RLock()
        if not os.path.exists(path):
            self.save({})

    def load(self):
        with self.lock, open(self.path) as file:
            return json.load(file)

    def save(self, data):
        with self.lock:
            part = self.path + ".part"
            with open(part, "w") as file:
                json.dump(data, file, sort_keys=True)
            os.replace(part, self.path)

    def add(self, key, value):
        with self.lock:
            data = self.load()
            data[key] = data.get(key, 0) + value
            self.save(data)


with tempfile.TemporaryDirectory() as folder:
    store = Store(os.path.join(folder, "store.json"))
    threads = [threading.Thread(target=store.add, args=(key, value)) for key in "ab" for value in (1, 2, 3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print(store.load(), os.listdir(folder))
    with open(store.path) as file:
        print(file.read())
    try:
        Store(os.path.join(folder, "missing", "store.json"))
    except FileNotFoundError as error:
        print(type(error).__name__, error.errno, error.strerror)
