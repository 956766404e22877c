import tempfile
from pathlib import Path, PurePath

p = Path("/home/ann/report.tar.gz")
print(p.name, p.stem, p.suffix, p.suffixes, p.parent, p.parts, p.is_absolute(), p.parents[1], list(map(str, p.parents)))
print(p.with_suffix(".txt"), p.with_name("x"), p.with_stem("y"), p / "more" / "parts", "a" / Path("b"), Path("a", "b", "c"), Path("a//b/./c"))
print(repr(p), repr(PurePath("a")) in ("PurePosixPath('a')", "PurePath('a')"), str(Path()), Path("a") == Path("a/"), sorted([Path("b"), Path("a/c"), Path("a")]), hash(Path("x")) == hash(Path("x")))
print(p.relative_to("/home"), p.is_relative_to("/etc"), Path("x.py").match("*.py"), Path("a/b.txt").match("a/*.txt"), Path("a").joinpath("b", "c").as_posix())
try:
    p.relative_to("/etc")
except ValueError as error:
    print(error)
with tempfile.TemporaryDirectory() as name:
    folder = Path(name)
    (folder / "sub" / "deep").mkdir(parents=True)
    print((folder / "a.txt").write_text("hello\n"), (folder / "a.txt").read_text(), (folder / "b.bin").write_bytes(b"\x00\x01"), (folder / "b.bin").read_bytes())
    (folder / "sub" / "c.txt").touch()
    print(sorted(path.name for path in folder.iterdir()), sorted(str(path.relative_to(folder)) for path in folder.rglob("*.txt")), [path.name for path in folder.glob("*.bin")])
    print((folder / "a.txt").exists(), (folder / "sub").is_dir(), (folder / "a.txt").is_file(), (folder / "gone").exists(), (folder / "a.txt").stat().st_size)
    moved = (folder / "a.txt").rename(folder / "z.txt")
    print(moved.name, (folder / "a.txt").exists())
    for call in [lambda: (folder / "sub").mkdir(), lambda: (folder / "gone").read_text(), lambda: (folder / "gone").unlink(), lambda: (folder / "sub").rmdir(), lambda: (folder / "x" / "y").mkdir()]:
        try:
            call()
        except OSError as error:
            print(type(error).__name__, error.errno)
    (folder / "sub").mkdir(exist_ok=True)
    (folder / "gone").unlink(missing_ok=True)
    with (folder / "z.txt").open("a") as f:
        f.write("more")
    print((folder / "z.txt").read_text().splitlines())
