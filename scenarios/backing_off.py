# /// script
# [tool.raddle]
# title = "After you"
# summary = "Two people meet in a corridor; each takes one side, fails to get the other, and gives way. While both pause equally long neither gets through (a livelock); then one of them waits longer."
# topics = ["acquire", "timeout", "livelock", "back-off"]
# expect = "safe"
# group = "Deadlock and its cures"
#
# [tool.raddle.tr]
# title = "Önce siz buyurun"
# summary = "İki kişi koridorda karşılaşır; her biri bir tarafı alır, ötekini alamayınca geri çekilir. Eşit süre bekledikçe ikisi de geçemez (livelock); sonra biri daha uzun bekler ve yol açılır."
# ///
import threading
import time

left = threading.Lock()
right = threading.Lock()


def walk(name, first, second, pauses):
    for pause in pauses:
        with first:
            time.sleep(0.3)
            if second.acquire(timeout=0.1):  # do not wait forever ...
                print(f"{name} gets through")
                second.release()
                return
            print(f"{name}: after you")
            time.sleep(0.2)
        time.sleep(pause)  # ... but give way, and try again later


# Equal pauses keep them in step: nobody blocks, and nobody gets on. The cure is to differ.
ann = threading.Thread(name="ann", target=walk, args=("ann", left, right, [0.3, 0.3, 0.3]))
ben = threading.Thread(name="ben", target=walk, args=("ben", right, left, [0.3, 1.5, 0.3]))
ann.start()
ben.start()
ann.join()
ben.join()
print("both are home")
