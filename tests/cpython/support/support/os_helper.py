"""Files that tests write."""

import os

TESTFN = "@test"
TESTFN_ASCII = "@test"


def unlink(name):
    if os.path.exists(name):
        os.remove(name)
