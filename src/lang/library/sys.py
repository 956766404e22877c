# What of `sys` asks for the exception that is being handled.


def exc_info():
    try:
        raise
    except RuntimeError as error:
        if str(error) == "No active exception to reraise":
            return None, None, None
        return type(error), error, error.__traceback__
    except BaseException as error:
        return type(error), error, error.__traceback__
