# Thread: target, args, kwargs, names, is_alive, current_thread.
import threading


def work(a, b=0, *, c=0):
    results.append((a, b, c))
    names.append(threading.current_thread().name)


results, names = [], []
threads = [
    threading.Thread(target=work, args=(1,)),
    threading.Thread(target=work, args=(2, 3), kwargs={"c": 4}),
    threading.Thread(target=work, name="mine", args=[5]),
    threading.Thread(None, work, "also mine", (6,)),
]
for thread in threads:
    print(thread.name, thread.is_alive(), thread.daemon)
    thread.start()
    thread.join()
    print(thread.is_alive())
print(results, names)
print(threading.current_thread().name, threading.main_thread() is threading.current_thread())
thread = threading.Thread(target=lambda: None)
thread.name = "renamed"
print(thread.name)
thread.start()
thread.join()
