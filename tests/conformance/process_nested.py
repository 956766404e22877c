"""A process makes another one: parents, names, and who waits."""
import os
from multiprocessing import Process, current_process, parent_process


def inner(depth):
    mine, parent = current_process(), parent_process()
    print(depth, mine.name, parent.name, parent.pid == os.getppid(), parent.is_alive())
    if depth:
        process = Process(target=inner, args=(depth - 1,))
        process.start()
        process.join()
        print(depth, process.name, process.exitcode)


if __name__ == "__main__":
    process = Process(target=inner, args=(2,), name="outer")
    process.start()
    process.join()
