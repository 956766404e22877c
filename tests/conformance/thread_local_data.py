# threading.local: each thread has attributes of its own.
import threading

data = threading.local()
data.value = "main"
seen = []


def work(n):
    seen.append(hasattr(data, "value"))
    data.value = n
    seen.append(data.value)


for n in range(2):
    thread = threading.Thread(target=work, args=(n,))
    thread.start()
    thread.join()
print(seen, data.value)
