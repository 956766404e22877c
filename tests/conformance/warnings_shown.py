# warnings: filters, what is recorded, errors of them, and texts.
import warnings

with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    warnings.warn("one")
    warnings.warn("two", DeprecationWarning)
    warnings.warn(RuntimeWarning("three"))
    print([(str(w.message), w.category.__name__, w.lineno) for w in caught])


def old():
    warnings.warn("old() is old", DeprecationWarning, stacklevel=2)


with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("default")
    for _ in range(3):
        old()
    old()
    print(len(caught), [w.lineno for w in caught])
with warnings.catch_warnings():
    warnings.simplefilter("error")
    try:
        warnings.warn("raised", UserWarning)
    except UserWarning as error:
        print(repr(error))
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    warnings.filterwarnings("ignore", category=DeprecationWarning)
    warnings.filterwarnings("ignore", message="quiet")
    warnings.warn("quiet please")
    warnings.warn("gone", DeprecationWarning)
    warnings.warn("kept")
    print([str(w.message) for w in caught])
print(warnings.formatwarning("text", UserWarning, "file.py", 3, "x = 1"), end="")
for call in (lambda: warnings.warn("x", 5), lambda: warnings.simplefilter("nope"), lambda: warnings.warn("x", ValueError)):
    try:
        call()
    except Exception as error:
        print(type(error).__name__, error)
warnings.filterwarnings("ignore")
warnings.warn("nothing")
print(issubclass(DeprecationWarning, Warning), issubclass(PendingDeprecationWarning, Warning), issubclass(TabError, SyntaxError))
