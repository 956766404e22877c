# /// script
# [tool.raddle]
# title = "The release that got lost"
# summary = "One `release` is lost, as if one path through the code had forgotten it. All seems well until the next thread wants the lock: watch who waits, and for whom."
# topics = ["Lock", "leak", "release"]
# expect = "stuck"
# faults = ["leak:printer"]
# group = "Faults"
#
# [tool.raddle.tr]
# title = "Kaybolan release"
# summary = "Bir `release` kaybolur, sanki kodun bir yolunda unutulmuş gibi. Kilidi isteyen biri gelene dek her şey yolunda görünür: kimin kimi beklediğini izleyin."
# ///
import threading

printer = threading.Lock()
out = threading.Event()


def print_letter():
    with printer:
        print("letter: printed")
    out.set()


def print_poster():
    out.wait()
    with printer:
        print("poster: printed")


letter = threading.Thread(name="letter", target=print_letter)
poster = threading.Thread(name="poster", target=print_poster)
letter.start()
poster.start()
letter.join()
poster.join()
