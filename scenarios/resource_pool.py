# /// script
# [tool.raddle]
# title = "Borrow and give back"
# summary = "A generator turned into a context manager lends cameras and takes them back, even when the borrower fails. In the end no camera is missing."
# topics = ["Semaphore", "contextmanager", "pool", "finally"]
# expect = "safe"
# group = "Locks"
#
# [tool.raddle.tr]
# title = "Ödünç al, geri ver"
# summary = "Bağlam yöneticisine (context manager) çevrilmiş bir üreteç (generator) kamera ödünç verir, alan hata yapsa da geri alır. Hiçbir kameranın kaybolmadığını görün."
# ///
import contextlib
import threading
import time

shelf = ["camera 1", "camera 2"]
guard = threading.Lock()
available = threading.Semaphore(len(shelf))


@contextlib.contextmanager
def borrowed():
    available.acquire()
    with guard:
        camera = shelf.pop()
    try:
        yield camera
    finally:  # also when the borrower drops it
        with guard:
            shelf.append(camera)
        available.release()


def shoot(name, clumsy):
    try:
        with borrowed():
            time.sleep(0.4)
            if clumsy:
                raise RuntimeError("dropped it")
        print(f"{name}: got the picture")
    except RuntimeError as error:
        print(f"{name}: {error}")


crew = [threading.Thread(name=name, target=shoot, args=(name, name == "ben")) for name in ("ann", "ben", "eve")]
for member in crew:
    member.start()
for member in crew:
    member.join()
print(f"on the shelf: {sorted(shelf)}")
