# A semaphore that begins at 0 says that the answer is there; many permits say so to many readers.
# expect: safe
import threading
import time

there = threading.Semaphore(0)
answer = None


def think():
    global answer
    time.sleep(0.75)
    answer = "forty-two"
    there.release(3)


def read(name):
    there.acquire()
    print(f"{name} reads {answer}")


readers = [threading.Thread(target=read, args=(name,)) for name in ("Arthur", "Ford", "Trillian")]
for r in readers:
    r.start()
thinker = threading.Thread(target=think, name="Deep Thought")
thinker.start()
for r in readers:
    r.join()
