import csv
import json
import os
import tempfile
from pathlib import Path

with tempfile.TemporaryDirectory() as folder:
    path = os.path.join(folder, "data.json")
    with open(path, "w") as f:
        json.dump({"name": "ann", "scores": [1, 2.5, None], "ü": True}, f, indent=2)
    with open(path) as f:
        print(json.load(f))
    print(open(path).read())
    table = Path(folder) / "table.csv"
    with table.open("w", newline="") as f:
        writer = csv.DictWriter(f, fieldnames=["id", "note"])
        writer.writeheader()
        writer.writerow({"id": 1, "note": "a, b"})
        writer.writerow({"id": 2, "note": "line\nbreak"})
    print(table.read_bytes())
    with open(table, newline="") as f:
        for row in csv.DictReader(f):
            print(row)
    with open(path, "w") as f:
        f.write("{broken")
    try:
        json.load(open(path))
    except json.JSONDecodeError as error:
        print(error)
