# /// script
# [tool.raddle]
# title = "A broken barrier"
# summary = "Three are expected, two come. The first to lose patience breaks the barrier; watch the other one find out."
# topics = ["Barrier", "timeout", "BrokenBarrierError"]
# expect = "safe"
# group = "Coordination"
#
# [tool.raddle.tr]
# title = "Bozulan bariyer"
# summary = "Üç kişi beklenir, iki kişi gelir. İlk vazgeçenin bariyeri bozmasını, ötekinin de bunu `BrokenBarrierError` ile öğrenmesini izleyin."
# ///
import threading
import time

meeting = threading.Barrier(3)


def attend(name, patience):
    try:
        meeting.wait(timeout=patience)
        print(f"{name}: let us begin")
    except threading.BrokenBarrierError:
        print(f"{name}: called off")


people = [
    threading.Thread(name="ann", target=attend, args=("ann", 1.0)),
    threading.Thread(name="ben", target=attend, args=("ben", 5.0)),
]
for person in people:
    person.start()
for person in people:
    person.join()
print("broken:", meeting.broken)

meeting.reset()  # as good as new
print("broken after reset:", meeting.broken)
