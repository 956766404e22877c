# assert, with and without a message.
def check(value):
    assert value > 0, f"{value} is not positive"
    assert value != 3
    return value


for value in (1, -1, 3):
    try:
        print(check(value))
    except AssertionError as error:
        print("AssertionError", repr(str(error)), error.args)
