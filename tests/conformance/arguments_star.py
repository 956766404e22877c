# *args, **kwargs, and spreading them at the call.
def show(first, *rest, key="none", **named):
    print(first, rest, key, named)


show(1)
show(1, 2, 3)
show(1, 2, key="k", a=1, b=2)

numbers = [4, 5]
options = {"key": "spread", "z": 26}
show(*numbers, 6, **options)
show(*"ab", *(7, 8), **{"y": 25}, z=26)


def relay(*args, **kwargs):
    return len(args), sorted(kwargs.items())


print(relay(1, 2, x=3, w=4))
