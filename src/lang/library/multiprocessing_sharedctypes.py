# Shared memory.

from multiprocessing import Array, RawArray, RawValue, Synchronized, SynchronizedArray, Value
