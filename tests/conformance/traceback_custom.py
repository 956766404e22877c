# The last line of a traceback names the exception's class and its text.
class Overdrawn(Exception):
    pass


raise Overdrawn("by 5")
