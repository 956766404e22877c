# /// script
# [tool.raddle]
# title = "A message that never arrives"
# summary = "The answer to the second question is lost on the way. Who sent it does not know, and who asked waits for ever: only a time limit would help."
# topics = ["Pipe", "lost message", "hang"]
# expect = "stuck"
# group = "Faults"
# faults = ["lose-message:back@2"]
#
# [tool.raddle.tr]
# title = "Hiç varmayan ileti"
# summary = "İkinci sorunun yanıtı yolda kaybolur. Gönderenin haberi yoktur, soran sonsuza dek bekler: yalnızca bir süre sınırı işe yarardı."
# ///
from multiprocessing import Process, SimpleQueue


def answer(asked, back):
    while (number := asked.get()) is not None:
        back.put(number * number)


if __name__ == "__main__":
    asked = SimpleQueue()
    back = SimpleQueue()
    worker = Process(target=answer, args=(asked, back))
    worker.start()
    for number in range(3):
        asked.put(number)
        print(number, back.get())
    asked.put(None)
    worker.join()
