# A small theatre: the acts wait for each other by semaphores that begin at 0.
# expect: safe
import threading
import time

curtain = threading.Semaphore(0)
pause = threading.Semaphore(0)


def act_one():
    print("act one")
    time.sleep(0.2)
    curtain.release()


def interval():
    curtain.acquire()
    print("interval: lemonade")
    pause.release(2)


def act_two(part):
    pause.acquire()
    print(f"act two, part {part}")


cast = [
    threading.Thread(target=act_two, args=("a",)),
    threading.Thread(target=act_two, args=("b",)),
    threading.Thread(target=interval),
    threading.Thread(target=act_one),
]
for member in cast:
    member.start()
for member in cast:
    member.join()
print("applause")
