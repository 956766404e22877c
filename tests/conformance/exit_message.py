# sys.exit with a text prints it on standard error and ends with status 1; it is an exception that can be caught.
import sys

try:
    sys.exit()
except SystemExit as leaving:
    print("caught", leaving.code)
sys.exit("something went wrong")
