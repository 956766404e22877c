# /// script
# [tool.raddle]
# title = "Timers"
# summary = "Two timers are set; one goes off, the other is cancelled in time. See that a timer is nothing but a thread that waits."
# topics = ["Timer", "cancel"]
# expect = "safe"
# group = "First steps"
#
# [tool.raddle.tr]
# title = "Zamanlayıcılar"
# summary = "İki zamanlayıcı kurulur; biri çalar, öteki vaktinde iptal edilir. Zamanlayıcının (`Timer`), bekleyen bir iş parçacığından ibaret olduğunu görün."
# ///
import threading
import time

tea = threading.Timer(1.0, print, args=("tea is ready",))
alarm = threading.Timer(6.0, print, args=("the alarm is never heard",))
tea.name, alarm.name = "tea", "alarm"
tea.start()
alarm.start()

print("waiting for the tea")
tea.join()
time.sleep(0.5)
alarm.cancel()  # its thread wakes up and ends, without calling anything
alarm.join()
print("alarm still alive?", alarm.is_alive())
