# Three traffic lights in turns, with semaphores and pauses; the police, a timer, starts them.
# expect: safe
import threading
import time

COLORS = ["red", "yellow", "green"]
semaphores = [threading.Semaphore(0) for _ in COLORS]


def light(index):
    mine, following = semaphores[index], semaphores[(index + 1) % 3]
    for cycle in range(2):
        mine.acquire()
        print(f"{cycle}: {COLORS[index]}")
        time.sleep(0.3)
        following.release()


lights = [threading.Thread(target=light, args=(i,)) for i in range(3)]
for t in lights:
    t.start()
police = threading.Timer(0.5, semaphores[0].release)
police.start()
for t in lights:
    t.join()
print("power off")
