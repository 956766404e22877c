# What a program may ask of its process, and paths as text.
import os
import os.path
import sys

print(os.getpid() > 0, os.cpu_count() >= 1, os.environ.get("RADDLE_NO_SUCH"), os.environ.get("RADDLE_NO_SUCH", "4"))
print(os.getenv("RADDLE_NO_SUCH"), os.getenv("RADDLE_NO_SUCH", "x"), "RADDLE_NO_SUCH" in os.environ, os.name, os.sep)
print(os.path.join("logs", "day", "a.txt"), os.path.join("a", "/b"), os.path.join("a/", "b"), os.path.join("a", ""))
print(os.path.basename("/var/log/x.log"), os.path.dirname("/var/log/x.log"), os.path.split("x"), os.path.split("/x"))
print(os.path.splitext("a/b.tar.gz"), os.path.splitext(".profile"), os.path.splitext("a.b/c"), os.path.isabs("/a"))
print(os.path.normpath("a/./b/../c//d"), os.path.normpath("/../a"), os.path.normpath(""), os.path.normpath("../x"))
print(sys.version_info >= (3, 8), sys.version_info[0], sys.platform)
try:
    os.environ["RADDLE_NO_SUCH"]
except KeyError as error:
    print("no", error)
