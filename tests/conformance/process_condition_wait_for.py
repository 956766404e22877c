"""A condition of processes, with wait_for and notify_all."""
from multiprocessing import Condition, Process, Value


def worker(condition, stage, name, done):
    with condition:
        condition.wait_for(lambda: stage.value >= 2)
        done.value += 1
        condition.notify_all()


if __name__ == "__main__":
    condition, stage, done = Condition(), Value("i", 0), Value("i", 0)
    processes = [Process(target=worker, args=(condition, stage, n, done)) for n in range(3)]
    for process in processes:
        process.start()
    for step in (1, 2):
        with condition:
            stage.value = step
            condition.notify_all()
    with condition:
        print(condition.wait_for(lambda: done.value == 3, timeout=10))
    for process in processes:
        process.join()
    with condition:
        print(condition.wait(0.01), condition.wait_for(lambda: False, timeout=0.01))
    try:
        condition.notify()
    except AssertionError as error:
        print("AssertionError:", error)
    try:
        condition.wait()
    except AssertionError as error:
        print("AssertionError:", error)
