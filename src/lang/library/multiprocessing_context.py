# How processes are started.

from multiprocessing import ForkProcess, Process, TimeoutError
