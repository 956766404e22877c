# A prime sieve of threads: each one keeps the first number it gets, and hands on the numbers that this one does not divide.
# expect: safe
import threading
from queue import Queue

primes = []


def source(out, limit):
    for n in range(2, limit):
        out.put(n)
    out.put(None)


def sieve(inbox):
    prime = inbox.get()
    if prime is None:
        return
    primes.append(prime)
    out = Queue(maxsize=2)
    following = threading.Thread(target=sieve, args=(out,), name=f"after-{prime}")
    following.start()
    while (n := inbox.get()) is not None:
        if n % prime:
            out.put(n)
    out.put(None)
    following.join()


first = Queue(maxsize=2)
threading.Thread(target=source, args=(first, 30)).start()
last = threading.Thread(target=sieve, args=(first,), name="sieve")
last.start()
last.join()
print(*primes)
