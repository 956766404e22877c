# A pipe: a dialogue, both ways and one way, polls, bytes, and what its ends are good for.
from multiprocessing import Pipe, Process


def child(connection):
    while True:
        message = connection.recv()
        if message == "stop":
            break
        connection.send(("got", message))
    connection.close()


def writer(connection):
    for number in range(3):
        connection.send(number)
    connection.close()


def attempt(function, *arguments):
    try:
        print(function(*arguments))
    except (OSError, EOFError) as error:
        print(type(error).__name__, error)


if __name__ == "__main__":
    here, there = Pipe()
    process = Process(target=child, args=(there,))
    process.start()
    print(here.poll(), here.poll(0.01))
    for message in [1, "two", [3, {"four": (5,)}], None]:
        here.send(message)
        print(here.recv())
    here.send("stop")
    process.join()
    print(process.exitcode)

    reader, sender = Pipe(duplex=False)
    print(reader.readable, reader.writable, sender.readable, sender.writable)
    process = Process(target=writer, args=(sender,))
    process.start()
    sender.close()
    print(reader.poll(60), reader.recv(), reader.recv(), reader.recv())
    attempt(reader.recv)
    print(reader.poll())
    attempt(reader.send, 1)
    reader.close()
    attempt(reader.recv)
    attempt(sender.send, 1)
    print(reader.closed, sender.closed)
    process.join()

    here, there = Pipe()
    here.send_bytes(b"some bytes")
    print(there.recv_bytes())
    here.send_bytes(b"0123456789", 2, 3)
    print(there.recv_bytes())
    with there:
        pass
    attempt(here.send, "nobody there")
    attempt(here.recv)
