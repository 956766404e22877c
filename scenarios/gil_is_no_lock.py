# /// script
# [tool.raddle]
# title = "The GIL is not your lock"
# summary = "Even if only one thread runs at a time, a switch between read and write loses an update. Watch three threads take turns, and still lose votes."
# topics = ["GIL", "atomicity", "lost update"]
# expect = "race"
# group = "The GIL"
#
# [tool.raddle.tr]
# title = "GIL sizin kilidiniz değil"
# summary = "Aynı anda tek iş parçacığı çalışsa bile, okuma ile yazma arasına giren bir geçiş bir güncellemeyi kaybettirir. Sırayla çalışan üç iş parçacığının yine de oy kaybetmesini izleyin."
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
