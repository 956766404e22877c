import threading
cond = threading.Condition()
done = 0
def worker():
    global done
    with cond:
        done += 1
        if done == 1:
            cond.notify()
t = threading.Thread(target=worker); 
with cond:
    t.start()
    cond.wait_for(lambda: done == 2)

# The one notify comes too early: its condition is not true yet.
# says: and main looked and waits again: what it looks at was not so. main waits for a notify of cond (line 13)
