# Threads started in a loop, with and without binding the variable; closures and lists shared by threads.
import threading


def start_all(targets):
    threads = [threading.Thread(target=target) for target in targets]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


seen = []
start_all([lambda: seen.append(i) for i in range(3)])
start_all([lambda i=i: seen.append(i) for i in range(3)])
print(sorted(seen))


def make():
    total = 0
    lock = threading.Lock()

    def add():
        nonlocal total
        for _ in range(100):
            with lock:
                total += 1

    def read():
        return total

    return add, read


add, read = make()
start_all([add] * 4)
print(read())
slots = [None] * 4


def fill(n):
    slots[n] = n * n


start_all([lambda n=n: fill(n) for n in range(4)])
print(slots)
