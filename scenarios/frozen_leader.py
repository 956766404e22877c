# /// script
# [tool.raddle]
# title = "The dead come back"
# summary = "The leader freezes; the deputy takes the silence for death and does the job. Then the leader thaws and does it again: a timeout proves nothing."
# topics = ["Event", "freeze", "timeout"]
# expect = "race"
# faults = ["freeze:leader@line=23", "thaw:leader@time=8"]
# group = "Faults"
#
# [tool.raddle.tr]
# title = "Ölü sanılan geri döner"
# summary = "Lider donar; yardımcısı sessizliği ölüm sanıp işi yapar. Sonra liderin buzu çözülür, işi bir daha yapar. Zaman aşımı hiçbir şeyi kanıtlamaz."
# ///
import threading
import time

done_by = []
finished = threading.Event()


def lead():
    print("leader: I begin")
    time.sleep(1)
    done_by.append("leader")
    finished.set()


def stand_by():
    if finished.wait(timeout=4):
        print("deputy: the leader has done it")
    else:
        print("deputy: the leader must be dead, I do it")
        done_by.append("deputy")


leader = threading.Thread(name="leader", target=lead)
deputy = threading.Thread(name="deputy", target=stand_by)
leader.start()
deputy.start()
leader.join()
deputy.join()
print("done by", " and ".join(done_by))
