# A barrier for four, three come, and lose patience: the barrier breaks, and everybody goes home.
# expect: safe
import threading

meeting = threading.Barrier(4, timeout=2)


def go(name):
    try:
        meeting.wait()
        print(name, "goes in")
    except threading.BrokenBarrierError:
        print(name, "goes home")


threads = [threading.Thread(target=go, args=(name,)) for name in ("Harry", "Ron", "Hermione")]
for t in threads:
    t.start()
for t in threads:
    t.join()
print("broken:", meeting.broken)
