# /// script
# [tool.raddle]
# title = "A queue and a poison pill"
# summary = "Work goes to two processes through a queue, and one None for each ends them. What a queue carries is copied."
# topics = ["Queue", "Process", "sentinel"]
# expect = "safe"
# group = "Processes"
#
# [tool.raddle.tr]
# title = "Kuyruk ve zehirli hap"
# summary = "İş iki sürece bir kuyrukla gider, her birini bir None bitirir. Kuyruktan geçen kopyalanır."
# ///
from multiprocessing import Process, Queue


def work(tasks, results):
    while (number := tasks.get()) is not None:
        results.put(number * number)


if __name__ == "__main__":
    tasks, results = Queue(), Queue()
    workers = [Process(target=work, args=(tasks, results)) for _ in range(2)]
    for worker in workers:
        worker.start()
    for number in range(4):
        tasks.put(number)
    for _ in workers:
        tasks.put(None)
    print(sorted(results.get() for _ in range(4)))
    for worker in workers:
        worker.join()
