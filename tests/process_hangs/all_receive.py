# Three processes in a ring, all receive first.
from multiprocessing import Process, Pipe

def node(name, left, right):
    token = left.recv()
    right.send(token + 1)

if __name__ == "__main__":
    pipes = [Pipe() for _ in range(3)]
    ps = []
    for n in range(3):
        p = Process(target=node, args=(str(n), pipes[n][0], pipes[(n + 1) % 3][1]), name=f"node{n}")
        p.start(); ps.append(p)
    for p in ps: p.join()
# says: node0, node1 and node2 all receive first, and nobody has sent anything: let one of them send first.
