# Closing what is over does nothing, and the program goes on behind it.
def numbers(log):
    try:
        yield 1
        yield 2
    finally:
        log.append("closing")


log = []
one = numbers(log)
print(next(one))
one.close()
print("closed", log)
one.close()
one.close()
print("again", log, list(one))

fresh = numbers(log)
fresh.close()
fresh.close()
print("never begun", log)

drained = numbers(log)
print(list(drained), log)
try:
    drained.throw(ValueError("late"))
except ValueError as error:
    print("thrown", error)
finally:
    drained.close()
print("end", drained.close())


def outer(log):
    yield from numbers(log)


chain = outer(log)
print(next(chain))
chain.close()
chain.close()
print(log)
