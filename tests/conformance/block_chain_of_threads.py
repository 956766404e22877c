import hashlib
import threading
from concurrent.futures import ThreadPoolExecutor


def mined(block, previous, zeros):
    nonce = 0
    while True:
        digest = hashlib.sha256(f"{block}{previous}{nonce}".encode()).hexdigest()
        if digest.startswith("0" * zeros):
            return nonce, digest
        nonce += 1


previous = "genesis"
for block in range(3):
    nonce, previous = mined(block, previous, 2)
    print(block, nonce, previous)
with ThreadPoolExecutor(max_workers=3) as pool:
    for name, digest in zip("abc", pool.map(lambda text: hashlib.md5(text.encode()).hexdigest(), "abc")):
        print(name, digest)
found = {}
lock = threading.Lock()


def crack(digits):
    wanted = hashlib.sha1(b"042").hexdigest()
    for number in digits:
        if hashlib.sha1(f"{number:03d}".encode()).hexdigest() == wanted:
            with lock:
                found[threading.current_thread().name] = number


workers = [threading.Thread(target=crack, args=(range(n, n + 100),), name=f"worker {n}") for n in range(0, 300, 100)]
for worker in workers:
    worker.start()
for worker in workers:
    worker.join()
print(found)
