# The simplest queue.
from multiprocessing import Process, SimpleQueue


def child(there, back):
    while (item := there.get()) != "stop":
        back.put([item, item])


if __name__ == "__main__":
    there, back = SimpleQueue(), SimpleQueue()
    print(there.empty())
    process = Process(target=child, args=(there, back))
    process.start()
    for item in [1, "two", {"three": 3}]:
        there.put(item)
        print(back.get())
    there.put("stop")
    process.join()
    print(process.exitcode, there.empty(), back.empty())
