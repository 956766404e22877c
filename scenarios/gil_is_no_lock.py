# /// script
# [tool.raddle]
# title = "The GIL is not your lock"
# summary = "Even with one thread at a time, a switch between read and write loses an update. Watch two threads take turns, and still lose a vote."
# topics = ["GIL", "atomicity", "lost update"]
# expect = "race"
# group = "The GIL"
#
# [tool.raddle.tr]
# title = "GIL sizin kilidiniz değil"
# summary = "Her an yalnız biri çalışsa bile, okuma ile yazma arasındaki bir geçiş güncellemeyi kaybettirir. Sırayla çalışan iki iş parçacığının yine de oy kaybettiğine bakın."
# ///
import threading
import time

votes = {"yes": 0}


def vote():
    seen = votes["yes"]  # one bytecode ...
    time.sleep(0.3)  # ... the GIL changes hands ...
    votes["yes"] = seen + 1  # ... another bytecode


voters = [threading.Thread(name=f"voter-{number}", target=vote) for number in (1, 2, 3)]
for voter in voters:
    voter.start()
for voter in voters:
    voter.join()
print(f"three voted, counted: {votes['yes']}")
