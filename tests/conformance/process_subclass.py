# A class of processes with a `run` of its own, children of children, names, and an error in a child.
import os
import time
from multiprocessing import Process, active_children, current_process, parent_process


class Worker(Process):
    def __init__(self, number):
        super().__init__(name=f"worker {number}")
        self.number = number
        self.result = None

    def run(self):
        self.result = self.number * 2
        print(self.name, self.result, current_process() is self, self.is_alive())
        print(parent_process().name, parent_process().is_alive(), os.getppid() == parent_process().pid)


class Plain(Process):
    pass


def grandchild():
    print(current_process().name, parent_process().name)


def child():
    inner = Process(target=grandchild)
    inner.start()
    inner.join()
    print(current_process().name, inner.name, inner.exitcode)
    left = Process(target=grandchild)
    left.start()


def daemonic():
    time.sleep(0.5)
    try:
        Process(target=grandchild).start()
    except AssertionError as error:
        print("AssertionError", error)


if __name__ == "__main__":
    worker = Worker(4)
    worker.start()
    worker.join()
    print(worker.result, worker.exitcode)
    for kind in [Plain, Process]:
        process = kind(target=child)
        print(process.name, repr(process).split()[0])
        process.start()
        process.join()
    process = Process(target=daemonic, daemon=True)
    process.start()
    print([p.name for p in active_children()])
    process.join()
    try:
        worker.name = 3
    except AssertionError as error:
        print(error)
    try:
        process.daemon = False
    except AssertionError as error:
        print(error)
    worker.name = "renamed"
    print(worker.name)
    Process(target=print, args=("the last one",)).start()
