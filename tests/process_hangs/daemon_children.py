# A daemon may make no process.
# says: AssertionError: daemonic processes are not allowed to have children
from multiprocessing import Process

def inner():
    print("never")

def outer():
    Process(target=inner).start()

if __name__ == "__main__":
    p = Process(target=outer, daemon=True)
    p.start()
    p.join()
    print("exit code", p.exitcode)
