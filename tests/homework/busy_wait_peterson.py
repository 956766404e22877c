# Peterson's algorithm: mutual exclusion with nothing but variables and busy waiting.
# expect: unordered
import threading
import time

flag = [False, False]
turn = 0
counter = 0


def process(me):
    global turn, counter
    other = 1 - me
    for _ in range(5):
        flag[me] = True
        turn = other
        while flag[other] and turn == other:
            time.sleep(0.001)
        counter += 1
        flag[me] = False


p0 = threading.Thread(target=process, args=(0,))
p1 = threading.Thread(target=process, args=(1,))
p0.start()
p1.start()
p0.join()
p1.join()
print("counter", counter)
