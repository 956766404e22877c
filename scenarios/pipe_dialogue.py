# /// script
# [tool.raddle]
# title = "A dialogue through a pipe"
# summary = "main asks and a process answers, through the two ends of one pipe. Closing the end is the last word: the other side gets EOFError."
# topics = ["Pipe", "EOFError", "Process"]
# expect = "safe"
# group = "Processes"
#
# [tool.raddle.tr]
# title = "Boruyla söyleşi"
# summary = "main sorar, bir süreç yanıtlar; bir borunun iki ucundan. Ucu kapatmak son sözdür: öbür taraf EOFError alır."
# ///
from multiprocessing import Pipe, Process


def answer(mine, other):
    other.close()  # a fork copies both ends
    while True:
        try:
            question = mine.recv()
        except EOFError:
            print("no more questions")
            return
        mine.send(question.upper())


if __name__ == "__main__":
    here, there = Pipe()
    worker = Process(target=answer, args=(there, here))
    worker.start()
    there.close()
    for question in ("who", "when"):
        here.send(question)
        print(here.recv())
    here.close()
    worker.join()
