import csv
import io
import threading
from concurrent.futures import ThreadPoolExecutor
from fractions import Fraction
from statistics import mean

SOURCE = "name,kind,price\npear,fruit,1.50\nleek,vegetable,0.80\nplum,fruit,2.25\n\"kale, curly\",vegetable,1.10\n"
rows = list(csv.DictReader(io.StringIO(SOURCE)))


def summary(kind):
    prices = [Fraction(row["price"]) for row in rows if row["kind"] == kind]
    return {"kind": kind, "count": len(prices), "mean": mean(prices), "names": [row["name"] for row in rows if row["kind"] == kind]}


with ThreadPoolExecutor(2) as pool:
    found = list(pool.map(summary, ["fruit", "vegetable"]))
out = io.StringIO()
writer = csv.DictWriter(out, ["kind", "count", "mean", "names"], lineterminator="\n")
writer.writeheader()
for row in found:
    writer.writerow({**row, "names": ";".join(row["names"])})
print(out.getvalue(), end="")
print([float(row["mean"]) for row in found])
