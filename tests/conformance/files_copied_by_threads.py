import hashlib
import os
import shutil
import tempfile
import threading
from pathlib import Path

root = Path(tempfile.mkdtemp())
for number in range(4):
    (root / "in").mkdir(exist_ok=True)
    (root / "in" / f"{number}.dat").write_bytes(bytes([number]) * (number * 5000))
(root / "out").mkdir()
sums = {}


def copy(path):
    target = root / "out" / path.name
    with open(path, "rb") as source, open(target, "wb") as sink:
        digest = hashlib.md5()
        while chunk := source.read(4096):
            digest.update(chunk)
            sink.write(chunk)
    sums[path.name] = digest.hexdigest()


threads = [threading.Thread(target=copy, args=(path,)) for path in (root / "in").iterdir()]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
for name in sorted(sums):
    print(name, os.path.getsize(root / "out" / name), sums[name], (root / "in" / name).read_bytes() == (root / "out" / name).read_bytes())
shutil.rmtree(root)
print(root.exists())
