# /// script
# [tool.raddle]
# title = "A first process"
# summary = "A process is made by a fork and ends with an exit code. Watch its lane begin, and main wait for its end."
# topics = ["Process", "join", "exitcode"]
# expect = "safe"
# group = "Processes"
#
# [tool.raddle.tr]
# title = "İlk süreç"
# summary = "Bir süreç fork ile doğar, bir çıkış koduyla biter. Şeridinin başlamasını, main'in onu beklemesini izleyin."
# ///
from multiprocessing import Process


def greet(name):
    print(f"hello from {name}")


if __name__ == "__main__":
    worker = Process(target=greet, args=("a process",), name="worker")
    worker.start()
    worker.join()
    print(f"{worker.name} ended with {worker.exitcode}")
