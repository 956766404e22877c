# /// script
# [tool.raddle]
# title = "Worker pool with a poison pill"
# summary = "Three workers share one queue, and one `None` for each of them says that work is over. Watch every task go to a worker that is free."
# topics = ["Queue", "worker pool", "poison pill"]
# expect = "safe"
# group = "Queues"
#
# [tool.raddle.tr]
# title = "Zehirli haplı işçi havuzu"
# summary = "Üç işçi tek kuyruğu paylaşır; her işçi için kuyruğa konan bir `None`, paydos demektir. Her görevin boştaki bir işçiye gitmesini izleyin."
# ///
import queue
import threading
import time

tasks = queue.Queue()
results = queue.Queue()


def work():
    while True:
        task = tasks.get()
        if task is None:  # the pill: one worker swallows it, so each needs one
            break
        time.sleep(0.1 * task)
        results.put(task * task)


workers = [threading.Thread(name=f"worker-{number}", target=work) for number in (1, 2, 3)]
for worker in workers:
    worker.start()
for task in (5, 1, 4, 2, 3, 6):
    tasks.put(task)
for _ in workers:
    tasks.put(None)
for worker in workers:
    worker.join()

print(sorted(results.get() for _ in range(results.qsize())))
