# pathlib: parts and their changes, folders, and what is refused.
import tempfile
from pathlib import Path, PurePosixPath

p = PurePosixPath("/usr/lib/python3.11/os.tar.gz")
print(p.name, p.stem, p.suffix, p.suffixes, p.parent, p.parts, p.anchor, list(map(str, p.parents)))
print(p.with_suffix(".x"), p.with_name("n"), p.with_stem("s"), p.relative_to("/usr"), p / "more" / "../x", "/a" / PurePosixPath("b"), p.match("*.gz"), p.is_absolute())
print(PurePosixPath("a//b/./c/"), PurePosixPath(""), PurePosixPath(".."), PurePosixPath("a", "/b"), repr(PurePosixPath("x")), PurePosixPath("a") < PurePosixPath("b"), {PurePosixPath("a"): 1}[PurePosixPath("a/")])
print(PurePosixPath(".hidden").suffix, PurePosixPath("a.").suffix, PurePosixPath("a.b.c").stem, PurePosixPath("/").name, PurePosixPath("/").parent, p.as_posix(), PurePosixPath("a").joinpath("b", "c"))
for call in (lambda: p.relative_to("/var"), lambda: PurePosixPath("/").with_name("x"), lambda: p.with_suffix("x"), lambda: p.with_name("a/b"), lambda: p / 3):
    try:
        print(call())
    except Exception as error:
        print(type(error).__name__, error)
root = Path(tempfile.mkdtemp())
f = root / "sub" / "a.txt"
try:
    f.write_text("x")
except FileNotFoundError as error:
    print(error.strerror)
f.parent.mkdir()
try:
    f.parent.mkdir()
except FileExistsError as error:
    print(error.strerror)
f.parent.mkdir(exist_ok=True)
(root / "deep" / "er").mkdir(parents=True)
print(f.write_text("h\u00e9\n"), f.read_text(), f.read_bytes(), f.write_bytes(b"ab"), f.stat().st_size, f.exists(), f.is_file(), f.is_dir(), root.is_dir())
print(sorted(x.name for x in root.iterdir()), sorted(str(x.relative_to(root)) for x in root.rglob("*")), [x.name for x in root.glob("*/*.txt")], [x.name for x in root.glob("**/er")])
g = f.rename(root / "b.txt")
print(g.name, f.exists(), g.replace(root / "c.txt").name, (root / "c.txt").read_text())
with (root / "c.txt").open("a") as out:
    out.write("more")
print((root / "c.txt").read_text())
(root / "c.txt").unlink()
try:
    (root / "c.txt").unlink()
except FileNotFoundError:
    print("gone")
(root / "c.txt").unlink(missing_ok=True)
try:
    root.rmdir()
except OSError as error:
    print(error.strerror)
(root / "t").touch()
print((root / "t").exists(), (root / "t").samefile(root / "sub" / ".." / "t"), Path("a/../b").resolve().name, Path.cwd() == Path(".").resolve())
