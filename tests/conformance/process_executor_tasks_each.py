# A worker of an executor that ends after so many tasks, and another one that takes its place.
import concurrent.futures
import multiprocessing
import os


def pid(_):
    return os.getpid()


def fails(number):
    raise LookupError(number)


if __name__ == "__main__":
    Executor = concurrent.futures.ProcessPoolExecutor
    with Executor(1, max_tasks_per_child=2) as executor:
        pids = [executor.submit(pid, n).result() for n in range(5)]
        print([pids.index(pid) for pid in pids], os.getpid() in pids)
        print(repr(executor.submit(fails, 3).exception()))
    with Executor(2, multiprocessing.get_context("forkserver"), max_tasks_per_child=1) as executor:
        print(len(set(executor.map(pid, range(4)))))
    print(multiprocessing.active_children())
    for most, context in ((1, "fork"), (0, "fork"), (0, None), (-1, "spawn"), ("1", "spawn"), (1.5, "spawn")):
        try:
            Executor(1, context and multiprocessing.get_context(context), max_tasks_per_child=most)
        except (TypeError, ValueError) as error:
            print(error)
