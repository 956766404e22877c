# Dining philosophers: everybody takes the fork with the lower number first, so there is no ring.
# expect: safe
import threading
import time

N = 5
forks = [threading.Lock() for i in range(N)]
meals = [0] * N


def philosopher(i):
    low, high = sorted((i, (i + 1) % N))
    for _ in range(3):
        with forks[low]:
            time.sleep(0.01)
            with forks[high]:
                meals[i] += 1
        time.sleep(0.01)


table = [threading.Thread(target=philosopher, args=(i,)) for i in range(N)]
for seat in table:
    seat.start()
for seat in table:
    seat.join()
print("meals:", meals)
