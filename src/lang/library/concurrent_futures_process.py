# The executor whose workers are processes.

from multiprocessing import BrokenProcessPool, ProcessPoolExecutor
