# A barrier for four, but only three friends come.
# expect: stuck: Ron, Harry, Hermione
import threading

friends = ["Harry", "Ron", "Hermione"]
meeting = threading.Barrier(4)


def go(name):
    print(name, "is at the meeting point")
    meeting.wait()
    print(name, "goes in")


threads = [threading.Thread(target=go, args=(name,), name=name) for name in friends]
for t in threads:
    t.start()
for t in threads:
    t.join()
