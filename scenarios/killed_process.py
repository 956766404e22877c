# /// script
# [tool.raddle]
# title = "A process is killed while it holds a lock"
# summary = "The worker is killed inside `with lock`. A lock between processes belongs to none of them, so nobody releases it, and main waits for ever."
# topics = ["Process", "Lock", "kill"]
# expect = "stuck"
# group = "Faults"
# faults = ["kill-process:Process-1@line=19"]
#
# [tool.raddle.tr]
# title = "Kilidi tutarken öldürülen süreç"
# summary = "İşçi süreç `with lock` içindeyken öldürülür. Süreçler arası kilit kimsenin değildir; onu kimse bırakmaz ve main sonsuza dek bekler."
# ///
from multiprocessing import Lock, Process


def work(lock):
    with lock:
        print("the worker is at it", flush=True)


if __name__ == "__main__":
    lock = Lock()
    worker = Process(target=work, args=(lock,))
    worker.start()
    worker.join()
    print("exit code", worker.exitcode)
    with lock:
        print("the lock is free")
