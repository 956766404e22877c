# /// script
# [tool.raddle]
# title = "Ctrl-C in the middle"
# summary = "The program is interrupted while its workers work. Only the main thread hears that: watch it pass the word on, and everyone end in order."
# topics = ["signal", "KeyboardInterrupt", "Event"]
# expect = "safe"
# faults = ["signal:INT@time=3"]
# group = "Faults"
#
# [tool.raddle.tr]
# title = "Ortasında Ctrl-C"
# summary = "İşçiler çalışırken program kesilir. Bunu yalnız ana iş parçacığı duyar: haberi iletmesine ve herkesin sırayla bitirmesine bakın."
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
