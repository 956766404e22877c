# The end of a pipe comes when every process has closed its copy of the other end.
from multiprocessing import Pipe, Process


def reads(reader, sender, closes):
    if closes:
        sender.close()
    while True:
        if not reader.poll(0.2):
            print("nothing more, and no end")
            return
        try:
            print("gets", reader.recv())
        except EOFError:
            print("the end")
            return


if __name__ == "__main__":
    for closes in [True, False]:
        reader, sender = Pipe(duplex=False)
        process = Process(target=reads, args=(reader, sender, closes))
        process.start()
        reader.close()
        sender.send("a message")
        sender.close()
        process.join()
    reader, sender = Pipe(duplex=False)
    reader.close()
    try:
        sender.send(1)
    except BrokenPipeError as error:
        print("BrokenPipeError", error)
