# Transfers that back off: who does not get the second lock lets go of the first and tries again a little later.
# expect: safe
import random
import threading
import time

random.seed(11)
locks = {"checking": threading.Lock(), "savings": threading.Lock()}
money = {"checking": 100, "savings": 100}


def transfer(source, target, amount):
    while True:
        locks[source].acquire()
        if locks[target].acquire(blocking=False):
            break
        locks[source].release()
        time.sleep(random.uniform(0.001, 0.01))
    try:
        money[source] -= amount
        money[target] += amount
    finally:
        locks[target].release()
        locks[source].release()
    print(f"moved {amount} from {source} to {target}")


threads = []
for amount in (10, 20, 30):
    threads.append(threading.Thread(target=transfer, args=("checking", "savings", amount)))
    threads.append(threading.Thread(target=transfer, args=("savings", "checking", amount // 2)))
for t in threads:
    t.start()
for t in threads:
    t.join()
print(money)
