# sys.exit ends the program with a status; finally blocks run.
import sys

try:
    print("leaving")
    sys.exit(7)
finally:
    print("finally")
