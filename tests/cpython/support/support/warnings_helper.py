"""No warnings are made here."""


class _Nothing:
    warnings = ()

    def __enter__(self):
        return self

    def __exit__(self, *details):
        pass


def check_warnings(*filters, quiet=False):
    return _Nothing()


def check_no_resource_warning(test):
    return _Nothing()
