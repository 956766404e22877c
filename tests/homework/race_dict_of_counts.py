# A word count into one dictionary from two threads: get, pause, store.
# expect: race: page 1, page 2
import threading
import time

counts = {}


def count(words):
    for word in words.split():
        n = counts.get(word, 0)
        time.sleep(0.01)
        counts[word] = n + 1


pages = ["the cat", "the dog"]
threads = [threading.Thread(target=count, args=(p,), name=f"page {i}") for i, p in enumerate(pages, 1)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(sorted(counts.items()))
