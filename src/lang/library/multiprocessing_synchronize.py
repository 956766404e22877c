# Synchronization between processes.

from multiprocessing import Barrier, BoundedSemaphore, Condition, Event, Lock, RLock, Semaphore
