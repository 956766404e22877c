# /// script
# [tool.raddle]
# title = "Fork and spawn"
# summary = "A forked process has a copy of all that main has. A spawned one begins anew: it runs the module again, and knows only what it is given. Watch rate be 5 in one and 1 in the other."
# topics = ["Process", "fork", "spawn", "__mp_main__"]
# expect = "safe"
# group = "Processes"
#
# [tool.raddle.tr]
# title = "Fork ve spawn"
# summary = "Fork edilen süreçte main'de olan her şeyin bir kopyası vardır. Spawn edilen yeniden başlar: modülü baştan çalıştırır, yalnızca kendisine verileni bilir. rate'in birinde 5, ötekinde 1 olmasını izleyin."
# ///
import multiprocessing

rate = 1
print(f"the module runs as {__name__}")


def tell(amount):
    print(f"{multiprocessing.current_process().name}: rate {rate}, amount {amount}")


if __name__ == "__main__":
    rate = 5
    for method in ("fork", "spawn"):
        context = multiprocessing.get_context(method)
        process = context.Process(target=tell, args=(7,))
        process.start()
        process.join()
