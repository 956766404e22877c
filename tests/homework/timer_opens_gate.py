# The shop's door is a lock that main takes in the evening; a timer, given the lock's own method, opens it in the morning.
# expect: safe
import threading

door = threading.Lock()
door.acquire()


def customer(name):
    with door:
        print(name, "walks in")


early_birds = [threading.Thread(target=customer, args=(name,), name=name) for name in ("Finch", "Wren", "Owl")]
for bird in early_birds:
    bird.start()
alarm = threading.Timer(2.0, door.release)
alarm.start()
for bird in early_birds:
    bird.join()
alarm.join()
print("the shop is open:", not door.locked())
