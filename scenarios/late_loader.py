# /// script
# [tool.raddle]
# title = "A sleep is no promise"
# summary = "Main gives the loader a second, which has always been enough. Watch what it reads when the loader is late once."
# topics = ["sleep", "delay", "race", "join"]
# expect = "race"
# faults = ["delay:loader:5"]
# group = "Faults"
#
# [tool.raddle.tr]
# title = "Uyumak söz değildir"
# summary = "Ana iş parçacığı yükleyiciye bir saniye verir; bu hep yetmişti. Yükleyici bir kez geciktiğinde ne okuduğuna bakın."
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
