# Child died before answering; parent kept the child's end open.
from multiprocessing import Process, Pipe

def server(conn):
    request = conn.recv()
    conn.send(1 / request)

if __name__ == "__main__":
    here, there = Pipe()
    Process(target=server, args=(there,), name="server").start()
    here.send(0)
    print(here.recv())
# says: server ended with exit code 1 (step 7): ZeroDivisionError: division by zero. main waits for a message in pipe#2 (line 12)
