"""What connections say of themselves, and what they refuse."""
from multiprocessing import Pipe


def attempt(call):
    try:
        print(call())
    except (OSError, EOFError, ValueError) as error:
        print(type(error).__name__, error)


if __name__ == "__main__":
    reader, writer = Pipe(duplex=False)
    print(reader.readable, reader.writable, writer.readable, writer.writable, reader.closed)
    attempt(lambda: reader.send(1))
    attempt(writer.recv)
    attempt(writer.poll)
    writer.send([1, "two", None])
    print(reader.poll(), reader.poll(0.01), reader.recv(), reader.poll())
    with writer:
        writer.send("last")
    print(writer.closed, reader.recv())
    attempt(reader.recv)
    print(reader.poll())
    reader.close()
    attempt(reader.recv)
    attempt(reader.poll)
    attempt(lambda: writer.send(1))
    attempt(reader.fileno)
    left, right = Pipe()
    right.close()
    attempt(lambda: left.send("to nobody"))
