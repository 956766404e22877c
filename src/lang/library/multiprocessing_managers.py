# Managers.

from multiprocessing import SyncManager
