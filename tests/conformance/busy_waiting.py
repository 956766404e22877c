# Threads that wait by looking again and again, at a variable or at the clock.
import threading
import time

done = False
turns = 0


def finish():
    global done
    time.sleep(0.3)
    done = True


def spin():
    global turns
    while not done:
        turns += 1


worker = threading.Thread(target=finish)
spinner = threading.Thread(target=spin)
spinner.start()
worker.start()
while not done:
    pass
worker.join()
spinner.join()
print("seen", turns > 0)
start = time.time()
end = start + 0.5
looks = 0
while time.time() < end:
    looks += 1
print("over", looks > 0, time.time() - start >= 0.5)
start = time.monotonic()
while time.monotonic() - start < 0.2:
    pass
print("monotonic")
box = []
timer = threading.Thread(target=lambda: (time.sleep(0.1), box.append(1)))
timer.start()
total = 0
while not box:
    for number in range(1000):
        total += number
print("computed", total > 0)
lock = threading.Lock()
lock.acquire()
releaser = threading.Thread(target=lambda: (time.sleep(0.1), lock.release()))
releaser.start()
while not lock.acquire(blocking=False):
    pass
print("taken")
