# /// script
# [tool.raddle]
# title = "Cut off in the middle"
# summary = "A daemon thread writes a file while main ends: nobody waits for it, and no `finally` block runs. Watch its lane stop between two lines."
# topics = ["daemon", "shutdown", "finally"]
# expect = "safe"
# group = "Ends and errors"
#
# [tool.raddle.tr]
# title = "Yarıda kesilmek"
# summary = "main biterken bir daemon hâlâ dosya yazıyor: onu kimse beklemez, `finally` bloğu da çalışmaz. Şeridinin iki satır arasında kesilmesini izleyin."
# ///
import threading
import time


def save():
    try:
        for page in range(1, 100):
            print(f"page {page} saved")
            time.sleep(0.5)
    finally:
        print("never printed: a daemon is not asked to clean up")


writer = threading.Thread(name="writer", target=save, daemon=True)
writer.start()
time.sleep(1.2)
print("main is over")
