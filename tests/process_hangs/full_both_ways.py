# Two processes send each other more than fits before either receives.
# says: main waits for room in pipe (line 15); Process-1 waits for room in pipe#2 (line 7)
# says: main and Process-1 both send more than fits, and neither receives
from multiprocessing import Pipe, Process

def work(there):
    there.send("y" * 1_000_000)
    there.recv()

if __name__ == "__main__":
    here, there = Pipe()
    p = Process(target=work, args=(there,))
    p.start()
    there.close()
    here.send("x" * 1_000_000)
    here.recv()
    p.join()
