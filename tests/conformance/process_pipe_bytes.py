"""Bytes over a pipe: parts of them, limits, and what is no bytes."""
from multiprocessing import Pipe, Process


def echo(connection):
    while True:
        data = connection.recv_bytes()
        if not data:
            break
        connection.send_bytes(data.upper())
    connection.close()


if __name__ == "__main__":
    here, there = Pipe()
    process = Process(target=echo, args=(there,))
    process.start()
    there.close()
    here.send_bytes(b"hello")
    print(here.recv_bytes())
    here.send_bytes(b"abcdef", 2)
    print(here.recv_bytes())
    here.send_bytes(b"abcdef", 1, 3)
    print(here.recv_bytes(100))
    here.send_bytes(b"")
    try:
        here.recv_bytes()
    except EOFError:
        print("end")
    process.join()
    for offset, size in ((-1, None), (9, None), (0, -1), (3, 9)):
        try:
            here.send_bytes(b"abc", offset, size)
        except ValueError as error:
            print("ValueError:", error)
    try:
        here.send_bytes("text")
    except TypeError as error:
        print("TypeError:", error)
