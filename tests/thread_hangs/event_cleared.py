import threading, time
e = threading.Event()
def late():
    time.sleep(0.2)
    e.wait()
t = threading.Thread(target=late, name="late")
t.start()
e.set()
e.clear()
t.join()

# An event is cleared before the one thread waits that it is meant for.
# says: e was set by main (line 8, step 2) and cleared by main (line 9, step 3): who waits only after that waits for the next time.
