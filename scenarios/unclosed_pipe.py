# /// script
# [tool.raddle]
# title = "A pipe that nobody closes"
# summary = "The reader waits for the end of the messages, but it has a copy of the writing end itself, made by the fork: the end never comes."
# topics = ["Pipe", "EOFError", "hang"]
# expect = "stuck"
# group = "Processes"
#
# [tool.raddle.tr]
# title = "Kimsenin kapatmadığı boru"
# summary = "Okuyan süreç iletilerin bitmesini bekler, ama fork yüzünden yazma ucunun bir kopyası ondadır: son hiç gelmez."
# ///
from multiprocessing import Pipe, Process


def read(reader):
    try:
        while True:
            print(f"got {reader.recv()}")
    except EOFError:
        print("never printed")


if __name__ == "__main__":
    reader, writer = Pipe(duplex=False)
    worker = Process(target=read, args=(reader,))
    worker.start()
    writer.send("one")
    writer.send("two")
    writer.close()  # the worker still has its copy
    worker.join()
