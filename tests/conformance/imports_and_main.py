# Imports of every form, __name__, type annotations, docstrings.
from __future__ import annotations

import time as clock
from queue import Empty, Queue
from threading import Thread as T, current_thread
from typing import Optional

LIMIT: int = 3
table: dict[str, list[int]] = {}
undefined: Optional[str]


def first(values: list[int], default: int | None = None) -> Optional[int]:
    """Read past."""
    found: Optional[int] = values[0] if values else default
    return found


def main() -> None:
    print(__name__, LIMIT, table, first([4]), first([]), current_thread().name)
    q: Queue[int] = Queue()
    try:
        q.get_nowait()
    except Empty:
        print("empty")
    start = clock.monotonic()
    clock.sleep(0.05)
    print(clock.monotonic() - start >= 0.05)
    t = T(target=lambda: print("in a thread"))
    t.start()
    t.join()


if __name__ == "__main__":
    main()
