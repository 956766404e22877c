# /// script
# [tool.raddle]
# title = "The starting gun"
# summary = "Three runners wait for one event, and a single `set` starts them all. Watch three lanes become ready in the same instant."
# topics = ["Event", "broadcast"]
# expect = "safe"
# group = "Coordination"
#
# [tool.raddle.tr]
# title = "Başlama tabancası"
# summary = "Üç koşucu aynı olayı bekler; tek bir `set` hepsini birden başlatır. Üç şeridin aynı anda hazır olmasını izleyin."
# ///
import threading
import time

gun = threading.Event()
finished = []


def run(pace):
    gun.wait()  # the event stays set: a late runner would not wait at all
    time.sleep(pace)
    finished.append(threading.current_thread().name)


runners = [
    threading.Thread(name="tortoise", target=run, args=(1.2,)),
    threading.Thread(name="hare", target=run, args=(0.3,)),
    threading.Thread(name="dog", target=run, args=(0.7,)),
]
for runner in runners:
    runner.start()
time.sleep(0.5)
print("bang!")
gun.set()
for runner in runners:
    runner.join()
print(" < ".join(finished))
