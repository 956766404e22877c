# Slice objects, getattr with computed names, ascii.
print(getattr("x", "up" + "per")(), hasattr([], "app" + "end"), getattr(3, "no" + "pe", None))
s = slice(1, 10, 2)
print(s, s.start, s.stop, s.step, [0,1,2,3,4,5][s], s.indices(5), slice(3), slice(1, 2) == slice(1, 2), "abcdef"[slice(None, None, -1)])
class T:
    def __getitem__(self, i): return i
print(T()[1:2], T()[1:2, 3], T()[::2], T()[...])
print(ascii("é\n"), ascii([1, "ü"]), ascii({"k": "ß"}))
l = list(range(10)); l[2:5] = [20]; del l[::2]; print(l); l[1:1] = [7, 7]; print(l); l[::2] = [0] * len(l[::2]); print(l)
try: l[::2] = [1]
except ValueError as e: print(e)
