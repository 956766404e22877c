# A task of the only worker submits to an executor that it inherited, and waits for its result.
from concurrent.futures import ProcessPoolExecutor

executor = None

def inner():
    return 1

def outer():
    return executor.submit(inner).result() + 1

if __name__ == "__main__":
    executor = ProcessPoolExecutor(1)
    print(executor.submit(outer).result())
# says: waits for it again at line 10. executor belongs to MainProcess, and ForkProcess-1 has a copy that does nothing: hand tasks to it where it was made.
# says: main waits for executor.outer (line 14); no other thread is left to wake it.
