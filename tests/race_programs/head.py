import collections, threading, time, queue
from concurrent.futures import ThreadPoolExecutor, as_completed, wait

lock = threading.Lock()


def together(*targets):
    threads = [threading.Thread(target=target, name=f"t{number}") for number, target in enumerate(targets)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def later(value):
    time.sleep(0.1)
    return value


