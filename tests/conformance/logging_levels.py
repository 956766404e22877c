# Levels along the hierarchy of loggers, and what is written without any set-up.
import logging
import sys

logging.basicConfig(stream=sys.stdout, level=logging.INFO, format="{levelname:<8}|{name}|{message}", style="{")
root = logging.getLogger()
shop = logging.getLogger("shop")
till = logging.getLogger("shop.till")
print(root, shop, till)
print(till.parent is shop, shop.parent is root, root.parent, logging.getLogger("shop").getChild("till") is till)

till.debug("too low for the root")
till.info("sold %d %s", 3, "apples")
shop.setLevel("ERROR")
till.warning("now the shop is stricter")
till.error("out of %(what)s", {"what": "bags"})
till.setLevel(logging.DEBUG)
till.debug("the till says what it likes")
print(shop.getEffectiveLevel(), till.getEffectiveLevel(), till.isEnabledFor(10), shop.isEnabledFor(30))

own = logging.StreamHandler(sys.stdout)
own.setFormatter(logging.Formatter("own: %(message)s"))
own.setLevel(logging.CRITICAL)
till.addHandler(own)
till.critical("twice")
till.error("once")
till.propagate = False
till.critical("own alone")
till.removeHandler(own)
print(till.handlers, till.hasHandlers())
till.propagate = True
till.disabled = True
till.critical("not heard")
till.disabled = False
logging.disable(logging.ERROR)
till.error("not heard either")
logging.disable(logging.NOTSET)
till.log(35, "between")
print(logging.getLevelName(35), logging.getLevelName("WARNING"), logging.getLevelName(10))
for wrong in ("LOUD", 1.5):
    try:
        shop.setLevel(wrong)
    except (ValueError, TypeError) as error:
        print(type(error).__name__, error)
