# Flags, and enumerations that are numbers or strings.
from enum import Flag, IntFlag, auto, StrEnum
class Perm(Flag):
    R = auto()
    W = auto()
    X = auto()
    RW = R | W
print(Perm.R, Perm.R | Perm.X, repr(Perm.R | Perm.X), Perm.R in Perm.RW, Perm.X in Perm.RW, Perm.RW, list(Perm.RW), len(Perm.RW), bool(Perm.R & Perm.W), Perm(3), ~Perm.R, list(Perm), Perm.R ^ Perm.RW, repr(Perm(0)), str(Perm(0)))
class F(IntFlag):
    A = 1
    B = 2
print(F.A | F.B, repr(F.A | F.B), F.A + 1, F.A | 2, (F.A | F.B) == 3, F(2))
class S(StrEnum):
    ONE = auto()
    TWO = "zwei"
print(S.ONE, repr(S.ONE), S.TWO == "zwei", S.TWO.upper(), S("zwei"), f"{S.ONE:>5}", "-".join([S.ONE, S.TWO]), {"one": 1}[S.ONE])
try: Perm.R | 1
except TypeError as e: print(e)
