import fnmatch
import glob
import os
import shutil
import tempfile

print(fnmatch.fnmatch("a.txt", "*.txt"), fnmatch.filter(["a.py", "b.txt", "c.py"], "*.py"), fnmatch.fnmatchcase("x1", "x[0-9]"), fnmatch.fnmatch("ab", "a?"), fnmatch.fnmatch("abc", "[!b]*"))
with tempfile.TemporaryDirectory() as folder:
    os.makedirs(os.path.join(folder, "in", "deep"))
    for name in ["a.txt", "b.txt", "c.py", "in/d.txt", "in/deep/e.txt", ".hidden.txt"]:
        open(os.path.join(folder, name), "w").close()
    cut = len(folder) + 1
    print(sorted(path[cut:] for path in glob.glob(os.path.join(folder, "*.txt"))))
    print(sorted(path[cut:] for path in glob.glob(os.path.join(folder, "*", "*.txt"))))
    print(sorted(path[cut:] for path in glob.glob(os.path.join(folder, "**", "*.txt"), recursive=True)))
    shutil.copy(os.path.join(folder, "a.txt"), os.path.join(folder, "copy.txt"))
    shutil.copytree(os.path.join(folder, "in"), os.path.join(folder, "out"))
    shutil.move(os.path.join(folder, "c.py"), os.path.join(folder, "out"))
    print(sorted(os.listdir(os.path.join(folder, "out"))), os.path.exists(os.path.join(folder, "copy.txt")))
    shutil.rmtree(os.path.join(folder, "out"))
    print(sorted(os.listdir(folder)))
    print(sorted(entry.name for entry in os.scandir(folder) if entry.is_file()))
    print(os.path.relpath(os.path.join(folder, "in"), folder), os.path.commonprefix(["abc", "abd"]), os.path.samefile(folder, folder + "/in/.."))
with tempfile.NamedTemporaryFile("w+", suffix=".log", delete=False) as f:
    f.write("kept")
    f.seek(0)
    print(f.read(), f.name.endswith(".log"))
print(os.path.exists(f.name))
os.remove(f.name)
with tempfile.TemporaryFile() as f:
    f.write(b"bytes")
    f.seek(0)
    print(f.read())
