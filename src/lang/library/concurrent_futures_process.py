# The executor whose workers are processes.

from multiprocessing import _BrokenProcessPool as BrokenProcessPool, _ProcessPoolExecutor as ProcessPoolExecutor
