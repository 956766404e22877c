# What machine a run is on: the same one each time.


def system():
    return "Linux"


def node():
    return "raddle"


def release():
    return "6.1.0"


def version():
    return "#1 SMP"


def machine():
    return "x86_64"


def processor():
    return ""


def architecture():
    return "64bit", "ELF"


def platform(aliased=False, terse=False):
    return "Linux-6.1.0-x86_64-with-glibc2.36"


def python_version():
    return "3.11.0"


def python_version_tuple():
    return "3", "11", "0"


def python_implementation():
    return "CPython"


def python_compiler():
    return "GCC"
