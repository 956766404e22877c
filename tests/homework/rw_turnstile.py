# Readers and writers, fair: all pass a turnstile, so that a writer is never overtaken for ever.
# expect: safe
import threading
import time

turnstile = threading.Semaphore(1)
room = threading.Semaphore(1)
mutex = threading.Lock()
readers_inside = 0
value = 0
readings = []


def writer():
    global value
    for _ in range(2):
        turnstile.acquire()
        room.acquire()
        before = value
        time.sleep(0.02)
        value = before + 1
        turnstile.release()
        room.release()


def reader():
    global readers_inside
    for _ in range(3):
        turnstile.acquire()
        turnstile.release()
        with mutex:
            readers_inside += 1
            if readers_inside == 1:
                room.acquire()
        reading = value
        with mutex:
            readings.append(reading)
            readers_inside -= 1
            if readers_inside == 0:
                room.release()


threads = [threading.Thread(target=f) for f in (writer, reader, reader, writer)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print("value", value)
print("readings", len(readings), all(0 <= r <= 4 for r in readings))
