# /// script
# [tool.raddle]
# title = "Readers and writers"
# summary = "Readers may read together, a writer needs the book alone. Watch the first reader lock the writer out, and the last one let the writer in."
# topics = ["Lock", "readers-writers"]
# expect = "safe"
# group = "Locks"
#
# [tool.raddle.tr]
# title = "Okuyucular ve yazarlar"
# summary = "Okuyucular birlikte okuyabilir, yazar kitabı tek başına ister. İlk okuyucunun yazara kapıyı kapatmasını, son okuyucunun açmasını izleyin."
# ///
import threading
import time

book = ["first edition"]
free = threading.Lock()  # held by the writer, or by the readers together
door = threading.Lock()  # guards the count
readers = 0


def read():
    global readers
    with door:
        readers += 1
        if readers == 1:
            free.acquire()  # the first reader locks for all
    time.sleep(0.5)
    print(f"read: {book[-1]}")
    with door:
        readers -= 1
        if readers == 0:
            free.release()  # the last one unlocks: not always the one who locked


def write():
    with free:
        book.append("second edition")
        print("written")


early = [threading.Thread(name=f"reader-{number}", target=read) for number in (1, 2)]
for reader in early:
    reader.start()
time.sleep(0.2)
writer = threading.Thread(name="writer", target=write)
writer.start()
for thread in [*early, writer]:
    thread.join()
