"""An event of processes: waits that end in time, and those that do not."""
from multiprocessing import Event, Process


def wait(event, ready):
    ready.set()
    print("set in time", event.wait(10))


if __name__ == "__main__":
    event, ready = Event(), Event()
    print(event.is_set(), event.wait(0.01))
    process = Process(target=wait, args=(event, ready))
    process.start()
    ready.wait()
    event.set()
    process.join()
    print(event.is_set(), event.wait())
    event.clear()
    print(event.is_set(), event.wait(timeout=0))
