# /// script
# [tool.raddle]
# title = "Who comes first"
# summary = "Patients leave in order of urgency, not of arrival. Watch the latest arrival go to the front when the case is urgent enough."
# topics = ["PriorityQueue", "LifoQueue", "order"]
# expect = "safe"
# group = "Queues"
#
# [tool.raddle.tr]
# title = "Önce kim?"
# summary = "Hastalar geliş sırasına göre değil, aciliyete göre çıkar. Son gelenin, durumu yeterince ağırsa öne geçmesini izleyin."
# ///
import queue
import threading
import time

waiting = queue.PriorityQueue()  # the smallest comes out first
seen = []


def treat():
    while True:
        urgency, patient = waiting.get()
        if patient is None:
            break
        seen.append(patient)
        time.sleep(0.3)


for entry in [(3, "cough"), (2, "sprain"), (1, "heart")]:
    waiting.put(entry)
doctor = threading.Thread(name="doctor", target=treat)
doctor.start()
time.sleep(0.4)
waiting.put((1, "stroke"))  # before the cough, though it waits longer
waiting.put((9, None))
doctor.join()
print(" > ".join(seen))

plates = queue.LifoQueue()  # and here the last one in comes out first
for plate in (1, 2, 3):
    plates.put(plate)
print([plates.get() for _ in range(3)])
