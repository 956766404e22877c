import os
import tempfile
import threading

folder = tempfile.TemporaryDirectory()
os.chdir(folder.name)
with open("notes.txt", "w") as f:
    print(f.write("one\n"), f.name, f.mode, f.closed)
    f.writelines(["two\n", "three\n"])
    print("four", file=f)
print(f.closed)
with open("notes.txt") as f:
    print(repr(f.read(3)), repr(f.readline()), f.tell(), f.readlines())
    f.seek(0)
    print([line.strip() for line in f], repr(f.read()))
for line in open("notes.txt"):
    print(line, end="")
with open("notes.txt", "a") as f:
    f.write("five\n")
print(open("notes.txt").read().count("\n"), os.path.getsize("notes.txt"), os.path.exists("notes.txt"), os.path.isdir("notes.txt"))
with open("data.bin", "wb") as f:
    f.write(bytes(range(5)))
with open("data.bin", "rb+") as f:
    f.seek(2)
    f.write(b"\xff")
    f.seek(0)
    print(f.read(), f.tell())
for call in [lambda: open("missing.txt"), lambda: open("notes.txt", "x"), lambda: open("."), lambda: open("no/where.txt", "w"), lambda: open("notes.txt", "q"),
             lambda: open("notes.txt", "rb", encoding="utf-8"), lambda: open("notes.txt").write("x"), lambda: open("data.bin").read(), lambda: f.read(), lambda: open(5.5),
             lambda: os.remove("missing.txt"), lambda: os.mkdir("notes.txt"), lambda: os.listdir("notes.txt"), lambda: os.rmdir("notes.txt"), lambda: os.listdir("gone")]:
    try:
        print(call())
    except Exception as error:
        print(type(error).__name__, error)
try:
    open("missing.txt")
except OSError as error:
    print(error.errno, error.strerror, error.filename)
os.makedirs("a/b/c", exist_ok=True)
os.makedirs("a/b/c", exist_ok=True)
with open(os.path.join("a", "b", "x.txt"), "w") as f:
    f.write("hello")
print(sorted(os.listdir("a/b")), os.path.isdir("a/b/c"), os.path.isfile("a/b/x.txt"))
os.rename("a/b/x.txt", "a/y.txt")
print(sorted(os.listdir("a")), open("a/y.txt").read())
print([(root, sorted(folders), sorted(names)) for root, folders, names in os.walk("a")])
os.remove("a/y.txt")
os.rmdir("a/b/c")
os.rmdir("a/b")
os.rmdir("a")
print(os.path.exists("a"))

lock = threading.Lock()
log = open("log.txt", "w")

def work(name):
    for n in range(3):
        with lock:
            log.write(f"{name} {n}\n")

threads = [threading.Thread(target=work, args=(name,)) for name in "ab"]
for t in threads:
    t.start()
for t in threads:
    t.join()
log.close()
print(sorted(open("log.txt").read().split("\n")))
for name in ["notes.txt", "data.bin", "log.txt"]:
    os.remove(name)
os.chdir("/")
folder.cleanup()
print(os.path.exists(folder.name))
