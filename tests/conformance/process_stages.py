"""Three stages of processes, each handing on to the next over queues."""
from multiprocessing import Process, Queue

END = None


def read(out, words):
    for word in words:
        out.put(word)
    out.put(END)


def count(source, out):
    for word in iter(source.get, END):
        out.put((word, len(word)))
    out.put(END)


def collect(source, out):
    out.put(dict(iter(source.get, END)))


if __name__ == "__main__":
    first, second, last = Queue(), Queue(2), Queue()
    stages = [
        Process(target=read, args=(first, ["a", "bee", "see"])),
        Process(target=count, args=(first, second)),
        Process(target=collect, args=(second, last)),
    ]
    for stage in stages:
        stage.start()
    print(last.get())
    for stage in stages:
        stage.join()
        print(stage.name, stage.exitcode)
