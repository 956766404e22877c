# /// script
# [tool.raddle]
# title = "Priority inheritance"
# summary = "The cure for priority inversion: while high waits for the lock that low holds, low runs with high's priority, so medium cannot come between them. The program is the same; only the order differs."
# topics = ["priority", "Lock", "scheduling"]
# expect = "safe"
# group = "Schedulers"
# policy = "priority"
# priorities = { main = 9, high = 3, medium = 2, low = 1 }
# inheritance = true
#
# [tool.raddle.tr]
# title = "Öncelik kalıtımı"
# summary = "Öncelik terslenmesinin çaresi: high, low'un tuttuğu kilidi beklerken low, high'ın önceliğiyle çalışır; medium aralarına giremez. Program aynıdır, değişen yalnızca sıradır."
# ///
import threading

lock = threading.Lock()
low_has_it = threading.Event()
low_steps = []
medium_steps = []


def low():
    with lock:
        low_has_it.set()
        for step in range(4):
            low_steps.append(step)  # a little more, and the lock is free


def medium():
    low_has_it.wait()
    for step in range(12):
        medium_steps.append(step)
    print("medium is done")


def high():
    low_has_it.wait()
    with lock:
        print("high has the lock")


threads = [threading.Thread(name=work.__name__, target=work) for work in (low, medium, high)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(f"{len(low_steps)} steps of low, {len(medium_steps)} of medium")
