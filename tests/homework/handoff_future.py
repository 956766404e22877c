# A list is filled by a task and read by the next one, which waits for its future; main reads it all after that.
# expect: safe
from concurrent.futures import ThreadPoolExecutor, wait

table = {"rows": []}
summary = {}


def fill():
    for n in range(5):
        table["rows"].append(n * n)
    return len(table["rows"])


def sum_up(filled):
    count = filled.result()
    summary["mean"] = sum(table["rows"]) / count


with ThreadPoolExecutor(max_workers=2) as pool:
    filling = pool.submit(fill)
    summing = pool.submit(sum_up, filling)
    wait([summing])
    print("mean", summary["mean"])
    table["rows"].append("closed")
print(table["rows"])
