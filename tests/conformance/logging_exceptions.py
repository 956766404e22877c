# Exceptions that go with a message, and messages that cannot be written.
import logging
import sys

logging.basicConfig(format="%(levelname)s %(message)s", stream=sys.stdout)
log = logging.getLogger(__name__)


class Trouble(Exception):
    def __init__(self, place):
        super().__init__(place)
        self.place = place

    def __str__(self):
        return f"trouble at {self.place}"


def last_line(text):
    return text.splitlines()[-1]


class Short(logging.Formatter):
    def formatException(self, info):
        kind, value, _ = info
        return f"  because of {kind.__name__}: {value}"


handler = logging.getLogger().handlers[0]
log.error("with one that was never raised", exc_info=Trouble("home"))
log.error("with none at hand", exc_info=True)
handler.setFormatter(Short("%(levelname)s %(message)s"))
try:
    raise Trouble("the mill")
except Trouble as error:
    log.exception("it happened: %s", error)
    log.warning("as a tuple", exc_info=(type(error), error, None))
    log.error("without", exc_info=False)
log.error("%d is no number", "x")
print("a message that cannot be written ends nothing")
log.error("too many", 1, 2)
try:
    logging.Formatter("%(missing)s").format(logging.LogRecord("n", 20, "a/b.py", 7, "m", (), None))
except ValueError as error:
    print(error)
