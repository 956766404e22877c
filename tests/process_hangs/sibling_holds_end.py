# Each child inherits the write ends of pipes made before it, so no EOF comes.
from multiprocessing import Process, Pipe

def consume(conn):
    count = 0
    try:
        while True:
            conn.recv()
            count += 1
    except EOFError:
        pass
    print("count", count, flush=True)

if __name__ == "__main__":
    ends, workers = [], []
    for n in range(2):
        r, w = Pipe(False)
        p = Process(target=consume, args=(r,))
        p.start()
        r.close()
        ends.append(w)
        workers.append(p)
    for w in ends:
        w.send("job")
        w.close()
    for p in workers:
        p.join()
# says: It is still open in Process-1 itself, since main made that process in line 19, and in Process-2, since main made that process in line 19. Close it there, or send a last message.
