# /// script
# [tool.raddle]
# title = "Try, and do something else"
# summary = "A printer is busy, and not everyone stands in line: `acquire(blocking=False)` answers at once, `acquire(timeout=2)` waits a little. Watch who waits and who walks away."
# topics = ["Lock", "acquire", "timeout"]
# expect = "safe"
# group = "Locks"
#
# [tool.raddle.tr]
# title = "Dene, olmazsa başka iş yap"
# summary = "Yazıcı meşgul, ama kimse kuyrukta beklemez: `acquire(blocking=False)` hemen yanıt verir, zaman aşımlı olanı biraz bekler. Kimin beklediğini, kimin vazgeçip gittiğini izleyin."
# ///
import threading
import time

printer = threading.Lock()


def long_job():
    with printer:
        print("long job: printing")
        time.sleep(1.0)


def impatient():
    if printer.acquire(blocking=False):
        printer.release()
    else:
        print("impatient: busy, I write by hand")


def patient():
    if printer.acquire(timeout=2):
        print("patient: my turn at last")
        printer.release()


job = threading.Thread(name="long job", target=long_job)
job.start()
time.sleep(0.3)
others = [threading.Thread(name=work.__name__, target=work) for work in (impatient, patient)]
for other in others:
    other.start()
for thread in [job, *others]:
    thread.join()
