# /// script
# [tool.raddle]
# title = "A counter and two threads"
# summary = "`counter += 1` is two operations, a read and a write. Step through it: if the other thread comes between the two, one count is lost."
# topics = ["data race", "lost update", "atomicity"]
# expect = "race"
# group = "Sharing and races"
#
# [tool.raddle.tr]
# title = "Bir sayaç, iki iş parçacığı"
# summary = "`counter += 1` iki işlemdir: önce okuma, sonra yazma. Adım adım ilerleyin: ikisinin arasına öteki iş parçacığı girerse bir artırma kaybolur."
# ///
import threading

counter = 0


def count(times):
    global counter
    for _ in range(times):
        counter += 1  # two operations, not one


threads = [threading.Thread(name=name, target=count, args=(3,)) for name in ("left", "right")]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()

# Six, most of the time. "Most" is what makes it hard to find.
print("at most six:", counter <= 6)
