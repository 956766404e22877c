# Cigarette smokers: the agent puts two ingredients down and wakes the smoker who has the third.
# expect: safe
import random
import threading

random.seed(3)
INGREDIENTS = ["tobacco", "paper", "match"]
agent_sem = threading.Semaphore(1)
smoker_sems = {thing: threading.Semaphore(0) for thing in INGREDIENTS}
ROUNDS = 6
over = False
smoked = 0


def agent():
    global over
    for _ in range(ROUNDS):
        agent_sem.acquire()
        missing = random.choice(INGREDIENTS)
        table = [thing for thing in INGREDIENTS if thing != missing]
        print("Agent puts down", " and ".join(table))
        smoker_sems[missing].release()
    agent_sem.acquire()
    over = True
    for sem in smoker_sems.values():
        sem.release()


def smoker(thing):
    global smoked
    while True:
        smoker_sems[thing].acquire()
        if over:
            break
        smoked += 1
        print("Smoker with", thing, "smokes")
        agent_sem.release()


threads = [threading.Thread(target=smoker, args=(thing,), name=f"smoker-{thing}") for thing in INGREDIENTS]
threads.append(threading.Thread(target=agent, name="agent"))
for t in threads:
    t.start()
for t in threads:
    t.join()
print("cigarettes:", smoked)
