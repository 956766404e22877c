# Two buffers and a barrier: in every round one side writes into one buffer while the other reads the other one.
# expect: safe
import threading

ROUNDS = 4
buffers = [[], []]
barrier = threading.Barrier(2)
total = 0


def writer():
    for r in range(ROUNDS):
        back = buffers[r % 2]
        back.clear()
        back.extend(range(r, r + 3))
        barrier.wait()


def reader():
    global total
    for r in range(ROUNDS):
        barrier.wait()
        if r == ROUNDS - 1:
            break
        front = buffers[r % 2]
        total += sum(front)


t1 = threading.Thread(target=writer)
t2 = threading.Thread(target=reader)
t1.start()
t2.start()
t1.join()
t2.join()
print("total", total, "left", buffers[1])
