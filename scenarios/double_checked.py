# /// script
# [tool.raddle]
# title = "Made only once"
# summary = "Three threads want one connection; a check under a lock makes sure that it is opened only once. Watch the late ones find it open."
# topics = ["Lock", "singleton", "lazy initialization"]
# expect = "safe"
# group = "Sharing and races"
#
# [tool.raddle.tr]
# title = "Yalnızca bir kez"
# summary = "Üç iş parçacığı aynı bağlantıyı ister; kilit altında yapılan kontrol, bağlantının yalnızca bir kez açılmasını sağlar. Geç kalanların onu açık bulmasını izleyin."
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
