# Queues between processes.

from multiprocessing import JoinableQueue, Queue, SimpleQueue
