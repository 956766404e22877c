# /// script
# [tool.raddle]
# title = "Ctrl-C in the middle"
# summary = "Ctrl-C comes while the workers work. Only the main thread hears of it: watch it pass the word on, and every worker stop in good order."
# topics = ["signal", "KeyboardInterrupt", "Event"]
# expect = "safe"
# faults = ["signal:INT@time=3"]
# group = "Faults"
#
# [tool.raddle.tr]
# title = "İşin ortasında Ctrl-C"
# summary = "İşçiler çalışırken Ctrl-C (SIGINT) gelir. Bunu yalnızca ana iş parçacığı duyar: haberi işçilere iletmesini, her işçinin düzgünce durmasını izleyin."
# ///
import threading

stopping = threading.Event()


def work(name):
    rounds = 0
    while rounds < 3 and not stopping.wait(timeout=2):
        rounds += 1
    print(name, "is done" if rounds == 3 else "stops early")


workers = [threading.Thread(name=name, target=work, args=(name,)) for name in ("anna", "ben")]
for worker in workers:
    worker.start()
try:
    for worker in workers:
        worker.join()
except KeyboardInterrupt:
    print("main: time to stop")
    stopping.set()
    for worker in workers:
        worker.join()
print("all are home")
