# Each thread is given the one before it, and joins it before it speaks.
# expect: safe
import threading


class Link(threading.Thread):
    def __init__(self, word, before=None):
        threading.Thread.__init__(self)
        self.word = word
        self.before = before

    def run(self):
        if self.before is not None:
            self.before.join()
        sentence.append(self.word)


sentence = []
last = None
chain = []
for word in "the quick brown fox jumps".split():
    last = Link(word, last)
    chain.append(last)
for link in chain:
    link.start()
last.join()
print(" ".join(sentence).capitalize() + ".")
