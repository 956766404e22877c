"""A worker that dies breaks the executor."""
import os
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool


def die():
    os._exit(3)


if __name__ == "__main__":
    with ProcessPoolExecutor(1) as executor:
        try:
            executor.submit(die).result()
        except BrokenProcessPool as error:
            print(error)
        try:
            executor.submit(abs, 1)
        except BrokenProcessPool as error:
            print(error)
