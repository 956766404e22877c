# /// script
# [tool.raddle]
# title = "Made only once"
# summary = "Three threads want one connection; the lock and a second look make sure that it is opened once. Watch the late ones find it open."
# topics = ["Lock", "singleton", "lazy initialization"]
# expect = "safe"
# group = "Sharing and races"
#
# [tool.raddle.tr]
# title = "Yalnız bir kez"
# summary = "Üç iş parçacığı tek bağlantıyı ister; kilit ve ikinci bir bakış onun bir kez açılmasını sağlar. Geç kalanların onu açık bulduğuna bakın."
# ///
import threading
import time

connection = None
opening = threading.Lock()


def connect():
    global connection
    with opening:
        if connection is None:  # look again: someone may have been faster
            print("opening the connection")
            time.sleep(0.5)
            connection = "db://school"
    return connection


def query(number):
    print(f"query {number} uses {connect()}")


threads = [threading.Thread(name=f"query-{number}", target=query, args=(number,)) for number in (1, 2, 3)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
