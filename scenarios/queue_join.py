# /// script
# [tool.raddle]
# title = "Until the work is done"
# summary = "`queue.join` waits not until the queue is empty, but until `task_done` was called for every item. Watch the count of unfinished tasks."
# topics = ["Queue", "task_done", "join", "daemon"]
# expect = "safe"
# group = "Queues"
#
# [tool.raddle.tr]
# title = "İş bitene kadar"
# summary = "`queue.join`, kuyruğun boşalmasını değil, her öğe için `task_done` çağrılmasını bekler. Bitmemiş görevlerin sayısını izleyin."
# ///
import queue
import threading
import time

letters = queue.Queue()


def deliver():
    while True:
        letter = letters.get()
        time.sleep(0.4)
        print(f"delivered to {letter}")
        letters.task_done()  # only now does it count


for number in (1, 2):
    threading.Thread(name=f"carrier-{number}", target=deliver, daemon=True).start()
for name in ("ann", "ben", "eve", "joe", "sue"):
    letters.put(name)
print("all are posted")
letters.join()
print("all are delivered")  # the carriers, daemons, end with the program
