# /// script
# [tool.raddle]
# title = "The last word on errors"
# summary = "`threading.excepthook` is told of every thread that dies of an exception. Watch main learn which worker failed, and why."
# topics = ["excepthook", "exception"]
# expect = "error"
# group = "Ends and errors"
#
# [tool.raddle.tr]
# title = "Hatalarda son söz"
# summary = "`threading.excepthook`, istisna yüzünden ölen her iş parçacığını haber alır. main'in hangi işçinin neden çöktüğünü öğrenmesini izleyin."
# ///
import threading
import time

failed = {}


def note(args):
    failed[args.thread.name] = f"{args.exc_type.__name__}: {args.exc_value}"


threading.excepthook = note  # instead of a traceback


def parse(text):
    time.sleep(0.3)
    print(f"parsed {int(text)}")


workers = [threading.Thread(name=f"parse {text}", target=parse, args=(text,)) for text in ("12", "twelve")]
for worker in workers:
    worker.start()
for worker in workers:
    worker.join()
for name, reason in failed.items():
    print(f"{name} failed: {reason}")
