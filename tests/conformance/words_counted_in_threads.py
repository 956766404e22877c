import re
import threading
from collections import Counter

TEXTS = ["The cat sat on the mat. The cat!", "A dog, a cat; and 2 mice.", "mats and cats and dogs"]
WORD = re.compile(r"[a-z]+", re.IGNORECASE)
total = Counter()
lock = threading.Lock()


def count(text):
    words = [m.group().lower() for m in WORD.finditer(text)]
    with lock:
        total.update(words)


threads = [threading.Thread(target=count, args=(text,)) for text in TEXTS]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
for word, number in sorted(total.items()):
    print(word, number)
print(re.sub(r"(?i)cat(s?)", r"<\g<1>>", TEXTS[2]), WORD.search("12 ab"))
