# /// script
# [tool.raddle]
# title = "Both send, and neither receives"
# summary = "Two processes send each other more than a pipe takes, before either receives. Watch both pipes be full."
# topics = ["Pipe", "hang", "back-pressure"]
# expect = "stuck"
# group = "Processes"
#
# [tool.raddle.tr]
# title = "İkisi de yollar, kimse almaz"
# summary = "İki süreç, biri bile almadan, birbirine borunun alabileceğinden fazlasını yollar. İki borunun da dolmasını izleyin."
# ///
from multiprocessing import Pipe, Process

LONG = "x" * 500_000


def swap(end):
    end.send(LONG)
    print(len(end.recv()))


if __name__ == "__main__":
    here, there = Pipe()
    worker = Process(target=swap, args=(there,))
    worker.start()
    swap(here)
    worker.join()
