import sys
import threading
from collections import Counter

counts = Counter()
lock = threading.Lock()


def count(line):
    words = line.lower().split()
    with lock:
        counts.update(words)


threads = []
for number, line in enumerate(sys.stdin, 1):
    thread = threading.Thread(target=count, args=(line,))
    thread.start()
    threads.append(thread)
for thread in threads:
    thread.join()
print(number, "lines")
for word, times in sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:4]:
    print(word, times)
