# /// script
# [tool.raddle]
# title = "A lambda cannot be sent"
# summary = "What goes to another process is pickled, and a function goes by its name. A lambda has none; a function at the top of a module has."
# topics = ["Pool", "pickle", "lambda"]
# expect = "safe"
# group = "Processes"
#
# [tool.raddle.tr]
# title = "Lambda gönderilemez"
# summary = "Başka sürece giden şey pickle'lanır, işlev adıyla gider. Lambda'nın adı yoktur; modülün üstündeki işlevin vardır."
# ///
from multiprocessing import Pool


def double(number):
    return 2 * number


if __name__ == "__main__":
    with Pool(2) as pool:
        try:
            pool.map(lambda number: 2 * number, range(3))
        except Exception as error:
            print(type(error).__name__)
        print(pool.map(double, range(3)))
