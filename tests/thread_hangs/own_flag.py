import threading, time
flag = False
def setter():
    flag = True
threading.Thread(target=setter).start()
while not flag:
    time.sleep(0.1)

# The thread sets a variable of its own, not the global one.
# says: main looks at flag again and again
