# Dining philosophers: a waiter, a semaphore, lets four of the five sit down.
# expect: safe
import threading
import time

N = 5
waiter = threading.Semaphore(N - 1)
forks = [threading.Lock() for _ in range(N)]


def dine(i, left, right):
    for meal in range(2):
        waiter.acquire()
        left.acquire()
        time.sleep(0.1)
        right.acquire()
        print(f"philosopher {i} eats meal {meal}")
        left.release()
        right.release()
        waiter.release()


if __name__ == "__main__":
    philosophers = []
    for i in range(N):
        philosophers.append(threading.Thread(target=dine, args=(i, forks[i], forks[(i + 1) % N])))
    for p in philosophers:
        p.start()
    for p in philosophers:
        p.join()
    print("the table is cleared")
