# A worker that is stopped by an event, which is also what it sleeps with.
# expect: safe
import threading
import time


class Blinker(threading.Thread):
    def __init__(self, pin):
        super().__init__(name=f"blinker-{pin}")
        self._stop_event = threading.Event()
        self.on = False
        self.blinks = 0

    def run(self):
        while not self._stop_event.wait(0.2):
            self.on = not self.on
            self.blinks += 1

    def stop(self):
        self._stop_event.set()
        self.join()


led = Blinker(13)
led.start()
time.sleep(0.9)
led.stop()
print(f"{led.name} blinked {led.blinks} times and is {'on' if led.on else 'off'}")
