# The parent reads until the end, and has the end to send to itself.
# says: main waits for a message in pipe (line 14)
# says: It is still open in MainProcess itself, where main made it in line 10. Close it there
from multiprocessing import Pipe, Process

def work(w):
    w.send("done")

if __name__ == "__main__":
    r, w = Pipe(duplex=False)
    p = Process(target=work, args=(w,))
    p.start()
    while True:
        print(r.recv())
