# raddle gives memory back by itself.

_state = [True]


def collect(generation=2):
    return 0


def enable():
    _state[0] = True


def disable():
    _state[0] = False


def isenabled():
    return _state[0]
