# Timers: two go off, one is called off, and one is set by another.
# expect: safe
import threading

finished = threading.Event()


def ring(what):
    print(f"ring! {what}")


def snooze():
    print("snooze")
    again = threading.Timer(0.5, finish)
    again.start()


def finish():
    print("really get up now")
    finished.set()


tea = threading.Timer(0.3, ring, args=["the tea is ready"])
alarm = threading.Timer(1.0, snooze)
egg = threading.Timer(0.6, ring, kwargs={"what": "the egg is hard"})
for timer in (tea, alarm, egg):
    timer.start()
tea.join()
egg.cancel()
finished.wait()
print("the egg was taken out before" if egg.finished.is_set() else "the egg is in there")
