# Connections of processes.

from multiprocessing import Connection, Pipe, wait
