# Pools of processes, and of threads.

from multiprocessing import AsyncResult, MapResult, MaybeEncodingError, Pool, RemoteTraceback, ThreadPool
