# A barrier that knows its name, and an action that is a method of it.
import threading


class Meeting(threading.Barrier):
    def __init__(self, name, parties):
        super().__init__(parties, action=self.begin)
        self.name = name
        self.begun = 0

    def begin(self):
        self.begun += 1
        print(self.name, "begins", self.begun)


meeting = Meeting("council", 2)


def attend():
    for _ in range(2):
        meeting.wait()


thread = threading.Thread(target=attend)
thread.start()
attend()
thread.join()
print(meeting.parties, meeting.n_waiting, meeting.broken, meeting.begun)
meeting.abort()
try:
    meeting.wait()
except threading.BrokenBarrierError:
    print("broken", meeting.broken)
