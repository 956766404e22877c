# Logging into files.
import logging
import os
import tempfile
import threading

folder = tempfile.mkdtemp()
path = os.path.join(folder, "run.log")
handler = logging.FileHandler(path, mode="w")
handler.setFormatter(logging.Formatter("%(levelname)-7s %(threadName)s %(message)s"))
logger = logging.getLogger("work")
logger.addHandler(handler)
logger.setLevel(logging.INFO)
logger.propagate = False


def work(number):
    logger.info("task %d", number)
    logger.debug("not shown")


for number in range(3):
    thread = threading.Thread(target=work, args=(number,), name=f"worker-{number}")
    thread.start()
    thread.join()
try:
    1 / 0
except ZeroDivisionError:
    logger.error("failed: %s", "division")
handler.close()
with open(path) as log:
    print(log.read(), end="")

other = os.path.join(folder, "other.log")
logging.basicConfig(filename=other, filemode="w", level=logging.WARNING, format="%(name)s|%(message)s")
logging.warning("first")
logging.getLogger("a.b").error("second %s", [1])
logging.info("left out")
logging.shutdown()
print(open(other).read().splitlines())
delayed = logging.FileHandler(os.path.join(folder, "late.log"), delay=True)
print(os.path.exists(os.path.join(folder, "late.log")), os.path.basename(delayed.baseFilename))
print(len(os.urandom(4)), type(os.urandom(2)))
