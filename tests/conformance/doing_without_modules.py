# Imports of modules that nobody has, in a `try` that goes on without them
import sys

try:
    import Queue as queue
except ImportError:
    import queue
try:
    import cPickle
except:
    cPickle = None
try:
    from nowhere_to_be_found.deep import thing
except ModuleNotFoundError as error:
    print(error, type(error).__name__)
    thing = "instead"
try:
    import first_of_two, second_of_two
    fast = True
except (ImportError, OSError):
    fast = False
try:
    input = raw_input
except NameError:
    pass


def look():
    try:
        import no_such_module.inside as inside
    except Exception as error:
        return str(error)
    else:
        return inside


print(queue.Queue().empty(), cPickle, thing, fast, look())
try:
    try:
        import nothing_at_all
    finally:
        print("finally")
except ImportError:
    print("caught outside")
print(sys.version_info[0])
