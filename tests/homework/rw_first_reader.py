# Readers and writers: the first reader takes the room's lock, the last reader releases it, whichever thread that is.
# expect: safe
import threading
import time

mutex = threading.Lock()
room_empty = threading.Lock()
readers = 0
book = ["once"]


def reader(number, minutes):
    global readers
    with mutex:
        readers += 1
        if readers == 1:
            room_empty.acquire()
    time.sleep(minutes)
    seen = len(book)
    with mutex:
        readers -= 1
        if readers == 0:
            room_empty.release()
    print(f"reader {number} is done, saw a word: {seen >= 1}")


def writer(word):
    with room_empty:
        book.append(word)
        time.sleep(0.1)
    print("wrote", word)


crowd = [threading.Thread(target=reader, args=(i, 0.1 * (i % 3))) for i in range(5)]
crowd.insert(2, threading.Thread(target=writer, args=("upon",)))
crowd.insert(5, threading.Thread(target=writer, args=("a",)))
for one in crowd:
    one.start()
for one in crowd:
    one.join()
print("words:", len(book))
