"""A joinable queue: join returns once each item is done; once too often is an error."""
from multiprocessing import JoinableQueue, Process, Value


def work(tasks, total):
    while True:
        number = tasks.get()
        if number is None:
            tasks.task_done()
            return
        with total.get_lock():
            total.value += number
        tasks.task_done()


if __name__ == "__main__":
    tasks, total = JoinableQueue(), Value("i", 0)
    workers = [Process(target=work, args=(tasks, total)) for _ in range(2)]
    for worker in workers:
        worker.start()
    for number in range(1, 11):
        tasks.put(number)
    tasks.join()
    print(total.value)
    for worker in workers:
        tasks.put(None)
    tasks.join()
    for worker in workers:
        worker.join()
    try:
        tasks.task_done()
    except ValueError as error:
        print("ValueError:", error)
