# A chain that ends the program: the last line on standard error.
class E1(Exception):
    def __init__(self, code):
        super().__init__(code)
        self.code = code
    def __str__(self): return f"code {self.code}"
def f():
    try:
        {}["k"]
    except KeyError as e:
        raise E1(3) from e
def g():
    try:
        f()
    finally:
        print("fin")
try: g()
except E1 as e:
    e.add_note("hint"); print(e, e.__notes__)
import traceback
try: g()
except Exception: print(traceback.format_exc().splitlines()[-1])
e = ValueError("x")
raise RuntimeError("last") from e
