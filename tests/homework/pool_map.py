# A pool that maps a function over words; the results come in the order of the words.
# expect: safe
import threading
import time
from concurrent.futures import ThreadPoolExecutor

names_seen = set()
names_lock = threading.Lock()


def count_vowels(word):
    with names_lock:
        names_seen.add(threading.current_thread().name)
    time.sleep(0.02 * len(word))
    return sum(letter in "aeiou" for letter in word)


words = "the barber shaves all those who do not shave themselves".split()
with ThreadPoolExecutor(max_workers=3, thread_name_prefix="counter") as executor:
    for word, vowels in zip(words, executor.map(count_vowels, words)):
        print(f"{word:<12}{vowels}")
print("threads used:", len(names_seen) <= 3)
