# /// script
# [tool.raddle]
# title = "Priority inversion"
# summary = "low holds the lock that high needs, and medium, which needs no lock at all, keeps low from running on to release it: the most urgent thread waits for the least urgent one. Select low and press p to raise its priority by hand."
# topics = ["priority", "Lock", "scheduling"]
# expect = "safe"
# group = "Schedulers"
# policy = "priority"
# priorities = { main = 9, high = 3, medium = 2, low = 1 }
# inheritance = false
#
# [tool.raddle.tr]
# title = "Öncelik terslenmesi"
# summary = "low, high'ın istediği kilidi tutar; kilitle hiç işi olmayan medium, low'un kilidi bırakmasına fırsat vermez: en acil iş parçacığı en önemsizini bekler. low'u seçip p'ye basın: önceliğini elle yükseltin."
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
