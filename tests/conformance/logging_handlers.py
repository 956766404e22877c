# Handlers, filters and formatters of one's own, and what a record holds.
import io
import logging
import sys


class Keeper(logging.Handler):
    def __init__(self, level=logging.NOTSET):
        super().__init__(level)
        self.kept = []

    def emit(self, record):
        self.kept.append(self.format(record))


class Polite(logging.Formatter):
    def format(self, record):
        record.greeting = "please"
        return super().format(record) + f" {record.greeting}"


class OnlyOdd(logging.Filter):
    def filter(self, record):
        return record.args and record.args[0] % 2 == 1


class Show(logging.Handler):
    def emit(self, record):
        print(record.name, record.levelname, record.levelno, record.msg, record.args, record.getMessage())
        print(record.threadName, record.funcName, record.module, record.exc_info, hasattr(record, "user"))


log = logging.getLogger("app.db")
log.setLevel(logging.DEBUG)
log.propagate = False
keeper = Keeper(logging.INFO)
keeper.setFormatter(Polite("%(levelname)s: %(message)s"))
log.addHandler(keeper)
odd = logging.StreamHandler(sys.stdout)
odd.addFilter(OnlyOdd())
log.addHandler(odd)
for number in range(4):
    log.info("item %d", number)
log.debug("not kept")
print(keeper.kept, keeper.level, keeper)

log.addHandler(Show())
log.warning("look %s", "here", extra={"user": "ann"})
log.handlers[-1].addFilter(logging.Filter("app.dba"))
log.addFilter(lambda record: "secret" not in record.getMessage())
log.error("a secret %d", 5)
log.error("no more %d", 7)

text = io.StringIO()
to_text = logging.StreamHandler(text)
to_text.setFormatter(logging.Formatter("$user says ${message}", style="$"))
log.addHandler(to_text)
logging.LoggerAdapter(log, {"user": "bob"}).info("hello %s", "you")
print(repr(text.getvalue()), keeper.kept[-1])
try:
    log.info("clash", extra={"message": "mine"})
except KeyError as error:
    print(error)
try:
    logging.Handler().emit(None)
except NotImplementedError as error:
    print(error)
