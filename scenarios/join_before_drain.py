# /// script
# [tool.raddle]
# title = "Joined before the queue was drained"
# summary = "A process does not end before all that it put into a queue is written, and the pipe behind the queue is full. Watch main wait for the process, and the process for main."
# topics = ["Queue", "join", "hang"]
# expect = "stuck"
# group = "Processes"
#
# [tool.raddle.tr]
# title = "Kuyruk boşalmadan join"
# summary = "Bir süreç kuyruğa koyduğu her şey yazılmadan bitmez, kuyruğun ardındaki boru ise doludur. main'in süreci, sürecin main'i beklemesini izleyin."
# ///
from multiprocessing import Process, Queue


def produce(results):
    results.put("x" * 200_000)  # more than fits into the pipe behind the queue
    print("all is put")


if __name__ == "__main__":
    results = Queue()
    worker = Process(target=produce, args=(results,))
    worker.start()
    worker.join()  # get first, then join
    print(len(results.get()))
