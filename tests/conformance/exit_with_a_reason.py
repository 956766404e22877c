# An object that `SystemExit` is given says by its `__str__` what is printed.
class Reason:
    def __str__(self):
        return "for a reason"


raise SystemExit(Reason())
