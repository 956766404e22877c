# /// script
# [tool.raddle]
# title = "Ctrl-C"
# summary = "A signal arrives while main waits. Watch the handler run on main's lane, no matter which thread sent the signal, and ask the worker to stop."
# topics = ["signal", "SIGINT", "Event", "shutdown"]
# expect = "safe"
# group = "Ends and errors"
#
# [tool.raddle.tr]
# title = "Ctrl-C"
# summary = "main beklerken bir sinyal gelir. Sinyali kim gönderirse göndersin, işleyicinin (handler) main'in şeridinde çalışıp işçiden durmasını istemesini izleyin."
# ///
import signal
import threading
import time

stopping = threading.Event()


def stop(number, frame):  # runs on main, wherever main is
    print("handler: finish what you are doing, please")
    stopping.set()


signal.signal(signal.SIGINT, stop)


def work():
    while not stopping.wait(timeout=0.3):
        pass
    print("worker: finished")


def press_ctrl_c():
    time.sleep(1.0)
    signal.raise_signal(signal.SIGINT)


worker = threading.Thread(name="worker", target=work)
finger = threading.Thread(name="finger", target=press_ctrl_c)
worker.start()
finger.start()
while worker.is_alive():
    worker.join(timeout=0.2)  # short waits: a signal is handled when main moves
finger.join()
print("main: goodbye")
