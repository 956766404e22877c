# main fills a queue with a limit before it starts the thread that would empty it.
# expect: stuck: main
import queue
import threading

jobs = queue.Queue(maxsize=5)


def worker():
    while True:
        job = jobs.get()
        if job is None:
            break
        print("did job", job)


def main():
    print("filling the queue")
    for job in range(8):
        jobs.put(job)
    jobs.put(None)
    w = threading.Thread(target=worker)
    w.start()
    w.join()
    print("all jobs done")


if __name__ == "__main__":
    main()
