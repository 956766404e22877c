"""A server process answers several clients, each over a pipe of its own."""
from multiprocessing import Pipe, Process
from multiprocessing.connection import wait


def serve(lines):
    table = {}
    while lines:
        for line in wait(lines):
            try:
                action, key, value = line.recv()
            except EOFError:
                lines.remove(line)
                continue
            if action == "put":
                table[key] = value
                line.send("kept")
            else:
                line.send(table.get(key, value))


def client(line, name):
    for number in range(2):
        line.send(("put", (name, number), number * 10))
        line.recv()
    line.send(("get", (name, 1), None))
    line.recv()
    line.send(("get", "nothing", "default"))
    line.recv()
    line.close()


if __name__ == "__main__":
    pairs = [Pipe() for _ in range(2)]
    server = Process(target=serve, args=([near for near, far in pairs],))
    clients = [Process(target=client, args=(far, name)) for (near, far), name in zip(pairs, "ab")]
    for process in clients:
        process.start()
        process.join(0)
    for near, far in pairs:
        far.close()
    server.start()
    for near, far in pairs:
        near.close()
    for process in clients:
        process.join()
    server.join()
    print(server.exitcode)
