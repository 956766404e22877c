# The unisex bathroom with light switches: the first of a kind locks the room, the last one, somebody else, unlocks it.
# expect: safe
import threading
import time


class Lightswitch:
    def __init__(self):
        self.counter = 0
        self.mutex = threading.Lock()

    def lock(self, semaphore):
        self.mutex.acquire()
        self.counter += 1
        if self.counter == 1:
            semaphore.acquire()
        self.mutex.release()

    def unlock(self, semaphore):
        self.mutex.acquire()
        self.counter -= 1
        if self.counter == 0:
            semaphore.release()
        self.mutex.release()


empty = threading.Lock()  # a lock does for a semaphore that begins at 1
turnstile = threading.Lock()
switches = {"she": Lightswitch(), "he": Lightswitch()}
places = {"she": threading.Semaphore(3), "he": threading.Semaphore(3)}


def visit(who, minutes):
    with turnstile:
        switches[who].lock(empty)
    with places[who]:
        time.sleep(minutes / 10)
    switches[who].unlock(empty)
    print(who, "took", minutes, "minutes")


visitors = [("she", 3), ("he", 2), ("she", 5), ("he", 4), ("he", 1), ("she", 2)]
threads = [threading.Thread(target=visit, args=v) for v in visitors]
for t in threads:
    t.start()
for t in threads:
    t.join()
print("empty again" if empty.acquire(blocking=False) else "somebody is still in there")
