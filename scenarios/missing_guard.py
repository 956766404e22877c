# /// script
# [tool.raddle]
# title = "The guard is missing"
# summary = "A spawned process runs the module again. Without `if __name__ == \"__main__\"` it would start one itself, and that one another: it fails instead. Put the last four lines under a guard."
# topics = ["Process", "spawn", "__main__"]
# expect = "error"
# group = "Processes"
#
# [tool.raddle.tr]
# title = "Koruma unutulmuş"
# summary = "Spawn edilen süreç modülü yeniden çalıştırır. `if __name__ == \"__main__\"` yoksa o da bir süreç başlatır, o da bir tane daha: bunun yerine hata verir. Son dört satırı korumanın altına alın."
# ///
import multiprocessing


def work():
    print("never printed")


context = multiprocessing.get_context("spawn")
worker = context.Process(target=work, name="worker")
worker.start()
worker.join()
print("worker ended with", worker.exitcode)
