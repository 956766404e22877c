# Who says what, where: names of threads, functions and lines.
import logging
import sys
import threading


class Label:
    def __init__(self, text):
        self.text = text

    def __str__(self):
        return f"label {self.text}"


layout = "%(threadName)s %(funcName)s:%(lineno)d %(module)s %(levelname)-7s %(message)s"
logging.basicConfig(format=layout, level=logging.DEBUG, stream=sys.stdout)
log = logging.getLogger("jobs")


def job(number):
    log.info("job %02d of %s", number, Label("jobs"))
    try:
        number / 0
    except ZeroDivisionError as error:
        log.warning("%r: %.1f%%", error, 99.5)


class Machine:
    def start(self):
        logging.debug(Label("started"))


for number in range(2):
    worker = threading.Thread(target=job, args=(number,), name=f"worker-{number}")
    worker.start()
    worker.join()
Machine().start()
(lambda: log.critical("from a lambda"))()
log.info({"a": 1})
log.info("nothing to fill in: 100%")
logging.basicConfig(format="ignored", level=logging.CRITICAL)
log.info("the first set-up counts")
logging.basicConfig(format="%(message)s (%(levelno)d)", stream=sys.stdout, force=True)
log.debug("too low again?")
logging.getLogger().setLevel(logging.WARNING)
log.info("now it is")
log.error("forced")
