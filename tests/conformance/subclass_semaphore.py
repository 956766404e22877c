# Semaphores of classes of one's own; the end of `with` calls `release`.
import threading


class Permits(threading.Semaphore):
    def __init__(self, number):
        super().__init__(number)
        self.log = []

    def acquire(self, blocking=True, timeout=None):
        taken = super().acquire(blocking, timeout)
        self.log.append(f"taken {taken}")
        return taken

    def release(self, n=1):
        self.log.append(f"released {n}")
        super().release(n)


permits = Permits(1)
with permits:
    print(permits.acquire(blocking=False), permits.acquire(timeout=0.01))
permits.acquire()
permits.release(2)
print(permits.log, permits._value)


class Limited(threading.BoundedSemaphore):
    pass


limited = Limited(2)
with limited:
    print(limited._value)
try:
    limited.release()
except ValueError as error:
    print(error)
print(isinstance(limited, threading.Semaphore), isinstance(limited, threading.BoundedSemaphore))
