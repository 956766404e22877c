import threading
import queue

jobs = queue.Queue()
done = []


def work():
    while True:
        job = jobs.get()
        if job is None:
            return
        done.append(job.upper())
        jobs.task_done()


worker = threading.Thread(target=work)
worker.start()
while True:
    choice = input("command: ").strip()
    if choice == "quit":
        jobs.put(None)
        break
    jobs.put(choice)
    jobs.join()
    print("done:", done)
worker.join()
print(len(done))
