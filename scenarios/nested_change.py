# /// script
# [tool.raddle]
# title = "The nested change that is lost"
# summary = "A manager's dict holds a list. A process appends to the list it got, which is a copy: only storing it again changes the dict."
# topics = ["Manager", "dict", "proxy"]
# expect = "safe"
# group = "Processes"
#
# [tool.raddle.tr]
# title = "Kaybolan iç değişiklik"
# summary = "Yöneticinin sözlüğünde bir liste vardır. Süreç aldığı listeye ekler, ama o bir kopyadır: sözlüğü yalnız geri yazmak değiştirir."
# ///
from multiprocessing import Manager, Process


def add(shared):
    shared["lost"].append(1)
    kept = shared["kept"]
    kept.append(1)
    shared["kept"] = kept


if __name__ == "__main__":
    with Manager() as manager:
        shared = manager.dict(lost=[], kept=[])
        worker = Process(target=add, args=(shared,))
        worker.start()
        worker.join()
        print(shared["lost"], shared["kept"])
