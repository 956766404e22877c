# /// script
# [tool.raddle]
# title = "A sleep is no promise"
# summary = "main gives the loader a second, which has always been enough. Watch what main reads when, for once, the loader is late."
# topics = ["sleep", "delay", "race", "join"]
# expect = "race"
# faults = ["delay:loader:5"]
# group = "Faults"
#
# [tool.raddle.tr]
# title = "sleep() garanti vermez"
# summary = "main, yükleyiciye bir saniye tanır; bu hep yetmişti. Yükleyici bir kez geç kalınca main'in ne okuduğunu görün."
# ///
import threading
import time

settings = {}


def load():
    settings["host"] = "example.org"


loader = threading.Thread(name="loader", target=load)
loader.start()
time.sleep(1)  # should be: loader.join()
print("the host is", settings.get("host"))
loader.join()
