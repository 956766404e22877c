"""Threads inside of processes: each process has its own."""
import threading
from multiprocessing import Process, Queue, current_process


def work(results):
    found = []

    def add(number):
        found.append((threading.current_thread().name, number * number))

    threads = [threading.Thread(target=add, args=(number,)) for number in range(3)]
    for thread in threads:
        thread.start()
        thread.join()
    results.put((current_process().name, found, threading.active_count() >= 1, threading.main_thread().name))


def crash():
    def bad():
        raise ValueError("in a thread")

    thread = threading.Thread(target=bad)
    thread.start()
    thread.join()


if __name__ == "__main__":
    results = Queue()
    processes = [Process(target=work, args=(results,)) for _ in range(2)]
    for process in processes:
        process.start()
        print(results.get())
        process.join()
    process = Process(target=crash)
    process.start()
    process.join()
    print(process.exitcode, threading.active_count() >= 1)
