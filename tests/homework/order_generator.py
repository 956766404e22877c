# The steps are written as a generator; each thread advances it by one under a lock, when the lock before it is opened.
# expect: safe
import threading

N = 4
doors = [threading.Lock() for _ in range(N + 1)]
for door in doors[1:]:
    door.acquire()


def story():
    yield "Once upon a time"
    yield "there was a thread"
    yield "that waited for a lock."
    yield "The end."


lines = story()


def tell(i):
    doors[i].acquire()
    try:
        print(next(lines))
    finally:
        doors[i + 1].release()


for i in range(N - 1, -1, -1):
    threading.Thread(target=tell, args=(i,)).start()
doors[N].acquire()
print("(applause)")
