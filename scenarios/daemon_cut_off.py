# /// script
# [tool.raddle]
# title = "Cut off in the middle"
# summary = "A daemon writes a file while main ends: nobody waits for it, and no finally runs. Watch its lane stop between two lines."
# topics = ["daemon", "shutdown", "finally"]
# expect = "safe"
# group = "Ends and errors"
#
# [tool.raddle.tr]
# title = "Ortada kesilmek"
# summary = "main biterken bir daemon dosya yazmaktadır: onu kimse beklemez, finally de çalışmaz. Şeridinin iki satır arasında kesildiğine bakın."
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
