"""A connection that is sent over another one belongs to both until it is closed."""
import multiprocessing


def work(line):
    inner = line.recv()
    inner.send("over the inner line")
    inner.close()
    line.send("done")


if __name__ == "__main__":
    line, far = multiprocessing.Pipe()
    reader, writer = multiprocessing.Pipe(duplex=False)
    process = multiprocessing.Process(target=work, args=(far,))
    process.start()
    line.send(writer)
    print(line.recv())
    writer.close()
    print(reader.recv(), writer.closed)
    process.join()
    try:
        reader.recv()
    except EOFError:
        print("nobody writes any more")
