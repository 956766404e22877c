# A manager's server holds the objects; a change inside a nested plain value is lost.
from multiprocessing import Manager, Process


def fills(shared_dict, shared_list, number):
    shared_dict[f"key {number}"] = number
    shared_list.append(number)


def nested(shared):
    shared["plain"].append(1)
    shared["proxy"].append(1)
    copy = shared["plain"]
    copy.append(2)
    shared["plain"] = copy


if __name__ == "__main__":
    with Manager() as manager:
        shared_dict, shared_list = manager.dict(a=1), manager.list([0])
        processes = [Process(target=fills, args=(shared_dict, shared_list, number)) for number in range(3)]
        for process in processes:
            process.start()
            process.join()
        print(shared_dict, shared_list, len(shared_dict), len(shared_list))
        print(dict(shared_dict), list(shared_list), shared_list[:2], shared_list[-1], 2 in shared_list, "a" in shared_dict)
        shared_list.extend([9, 8])
        shared_list.sort()
        shared_list.remove(9)
        shared_list += [7]
        del shared_list[0]
        print(shared_list, shared_list.pop(), shared_list.index(8), shared_list.count(1), [x + 1 for x in shared_list])
        print(sorted(shared_dict.keys()), sorted(shared_dict.values()), sorted(shared_dict.items()))
        print(shared_dict.get("nothing"), shared_dict.get("nothing", 5), shared_dict.pop("a"), shared_dict.setdefault("b", 2))
        shared_dict.update({"c": 3})
        print(sorted(shared_dict), shared_dict.copy() == dict(shared_dict))
        for wrong in [lambda: shared_dict["nothing"], lambda: shared_list[100], lambda: shared_list.remove(100)]:
            try:
                wrong()
            except (KeyError, IndexError, ValueError) as error:
                print(type(error).__name__, error)

        outer = manager.dict(plain=[], proxy=manager.list())
        process = Process(target=nested, args=(outer,))
        process.start()
        process.join()
        print(outer["plain"], list(outer["proxy"]))
    print("over")
