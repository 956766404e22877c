# Cigarette smokers, the wrong way: each takes the ingredients one by one as they come, and two of them have half each.
# expect: stuck: has-tobacco, has-paper, agent
import threading
import time

paper = threading.Semaphore(0)
match = threading.Semaphore(0)
tobacco = threading.Semaphore(0)
smoked = threading.Semaphore(0)


def smoker(name, first, second, late):
    time.sleep(late)
    first.acquire()
    print(name, "has the first thing")
    time.sleep(0.5)
    second.acquire()
    print(name, "smokes")
    smoked.release()


def agent():
    time.sleep(0.3)
    paper.release()
    match.release()
    smoked.acquire()
    print("next round")


threads = [
    threading.Thread(target=smoker, args=("Tom", paper, match, 0), name="has-tobacco"),
    threading.Thread(target=smoker, args=("Pia", match, tobacco, 0.1), name="has-paper"),
    threading.Thread(target=agent, name="agent"),
]
for t in threads:
    t.start()
for t in threads:
    t.join()
