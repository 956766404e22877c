"""An exception that comes out of a future and that nobody catches ends the program."""
from concurrent.futures import ThreadPoolExecutor


def parse(text):
    return int(text)


pool = ThreadPoolExecutor()
futures = [pool.submit(parse, text) for text in ("12", "x7")]
print(futures[0].result())
print(futures[1].result())
