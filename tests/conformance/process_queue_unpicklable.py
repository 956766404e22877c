"""What cannot be pickled is refused by the feeder, and the queue goes on."""
import threading
from multiprocessing import Queue

if __name__ == "__main__":
    items = Queue()
    items.put(threading.Lock())
    items.put("fine")
    print(items.get())
    print(items.empty())
