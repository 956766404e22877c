# Exceptions with attributes, and what hands them from thread to thread.
import threading


class JobError(Exception):
    def __init__(self, job, *, code=1):
        super().__init__(f"job {job} failed")
        self.job = job
        self.code = code


class Fatal(JobError, ValueError):
    retry = False

    def __str__(self):
        return f"fatal: {super().__str__()} ({self.code})"


caught = []


def work(job):
    try:
        if job:
            raise Fatal(job, code=job * 2)
        raise JobError(job)
    except JobError as error:
        error.thread = threading.current_thread().name
        caught.append(error)


for number in range(2):
    thread = threading.Thread(target=work, args=(number,), name=f"worker-{number}")
    thread.start()
    thread.join()
for error in caught:
    print(type(error).__name__, error, error.args, error.job, error.code, error.thread, isinstance(error, ValueError))
print(repr(caught[1]), sorted(vars(caught[0])))
