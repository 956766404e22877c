# Tables as text.

QUOTE_MINIMAL = 0
QUOTE_ALL = 1
QUOTE_NONNUMERIC = 2
QUOTE_NONE = 3


class Error(Exception):
    __module__ = "_csv"


class Dialect:
    delimiter = ","
    quotechar = '"'
    doublequote = True
    escapechar = None
    lineterminator = "\r\n"
    quoting = QUOTE_MINIMAL
    skipinitialspace = False
    strict = False


class excel(Dialect):
    pass


class excel_tab(excel):
    delimiter = "\t"


class unix_dialect(Dialect):
    quoting = QUOTE_ALL
    lineterminator = "\n"


_OPTIONS = (
    "delimiter",
    "quotechar",
    "doublequote",
    "escapechar",
    "lineterminator",
    "quoting",
    "skipinitialspace",
    "strict",
)
_dialects = {"excel": excel, "excel-tab": excel_tab, "unix": unix_dialect}


def list_dialects():
    return list(_dialects)


def get_dialect(name):
    if name not in _dialects:
        raise Error("unknown dialect")
    return _dialects[name]


def register_dialect(name, dialect=excel, **fmtparams):
    made = _Rules(dialect, fmtparams)
    _dialects[name] = made


def unregister_dialect(name):
    if name not in _dialects:
        raise Error("unknown dialect")
    del _dialects[name]


# A dialect with what was given beside it.
class _Rules:
    def __init__(self, dialect, given):
        if isinstance(dialect, str):
            dialect = get_dialect(dialect)
        for name in given:
            if name not in _OPTIONS:
                raise TypeError(f"{name!r} is an invalid keyword argument for this function")
        self.delimiter = given.get("delimiter", dialect.delimiter)
        self.quotechar = given.get("quotechar", dialect.quotechar)
        self.doublequote = given.get("doublequote", dialect.doublequote)
        self.escapechar = given.get("escapechar", dialect.escapechar)
        self.lineterminator = given.get("lineterminator", dialect.lineterminator)
        self.quoting = given.get("quoting", dialect.quoting)
        self.skipinitialspace = given.get("skipinitialspace", dialect.skipinitialspace)
        self.strict = given.get("strict", dialect.strict)
        if not isinstance(self.delimiter, str):
            raise TypeError(f'"delimiter" must be string, not {type(self.delimiter).__name__}')
        if len(self.delimiter) != 1:
            raise TypeError('"delimiter" must be a 1-character string')
        if self.quotechar is None and self.quoting != QUOTE_NONE:
            raise TypeError("quotechar must be set if quoting enabled")


class _Reader:
    def __init__(self, lines, rules):
        self._lines = iter(lines)
        self.dialect = rules
        self._count = 0

    @property
    def line_num(self):
        return self._count

    def __iter__(self):
        return self

    def __next__(self):
        row = []
        state = ["start", [], False]
        while True:
            try:
                line = next(self._lines)
            except StopIteration:
                if state[0] == "quoted" or state[1]:
                    if self.dialect.strict:
                        raise Error("unexpected end of data")
                    self._end(row, state)
                    return row
                raise
            if not isinstance(line, str):
                kind = type(line).__name__
                raise Error(f"iterator should return strings, not {kind} (the file should be opened in text mode)")
            self._count += 1
            if self._row(line, row, state):
                return row

    def _end(self, row, state):
        text = "".join(state[1])
        row.append(float(text) if state[2] else text)
        state[0] = "start"
        state[1] = []
        state[2] = False

    # Reads a line. False: a quoted field goes on in the next one.
    def _row(self, line, row, state):
        rules = self.dialect
        at = 0
        if not row and state[0] == "start" and line.strip("\r\n") == "" and not state[1]:
            return True
        while at < len(line):
            letter = line[at]
            at += 1
            if state[0] == "quoted":
                if letter == rules.escapechar:
                    state[1].append(line[at : at + 1])
                    at += 1
                elif letter == rules.quotechar and rules.quoting != QUOTE_NONE:
                    if rules.doublequote and line[at : at + 1] == rules.quotechar:
                        state[1].append(letter)
                        at += 1
                    else:
                        state[0] = "closed"
                else:
                    state[1].append(letter)
            elif letter in "\r\n":
                self._end(row, state)
                if line[at:].strip("\r\n"):
                    raise Error("new-line character seen in unquoted field - do you need to open the file in universal-newline mode?")
                return True
            elif letter == rules.delimiter:
                self._end(row, state)
            elif letter == rules.escapechar:
                state[0] = "plain"
                state[1].append(line[at : at + 1] or "\n")
                at += 1
            elif state[0] == "start" and letter == rules.quotechar and rules.quoting != QUOTE_NONE:
                state[0] = "quoted"
            elif state[0] == "start" and letter == " " and rules.skipinitialspace:
                pass
            elif state[0] == "closed" and rules.strict:
                raise Error(f"{rules.delimiter!r} expected after {rules.quotechar!r}")
            else:
                if state[0] == "start" and rules.quoting == QUOTE_NONNUMERIC:
                    state[2] = True
                state[0] = "plain"
                state[1].append(letter)
        if state[0] == "quoted":
            return False
        self._end(row, state)
        return True


def reader(csvfile, dialect="excel", **fmtparams):
    return _Reader(csvfile, _Rules(dialect, fmtparams))


class _Writer:
    def __init__(self, file, rules):
        self._write = file.write
        self.dialect = rules

    def writerow(self, row):
        if not hasattr(row, "__iter__"):
            raise Error(f"iterable expected, not {type(row).__name__}")
        fields = [self._field(value) for value in row]
        if fields == [""]:
            if self.dialect.quoting == QUOTE_NONE:
                raise Error("single empty field record must be quoted")
            fields = [self.dialect.quotechar * 2]
        return self._write(self.dialect.delimiter.join(fields) + self.dialect.lineterminator)

    def writerows(self, rows):
        for row in rows:
            self.writerow(row)

    def _field(self, value):
        rules = self.dialect
        text = "" if value is None else repr(value) if isinstance(value, float) else str(value)
        special = (rules.delimiter, rules.quotechar, rules.escapechar, "\r", "\n") + tuple(rules.lineterminator)
        if rules.quoting == QUOTE_NONE:
            out = []
            for letter in text:
                if letter in special:
                    if rules.escapechar is None:
                        raise Error("need to escape, but no escapechar set")
                    out.append(rules.escapechar)
                out.append(letter)
            return "".join(out)
        quoted = rules.quoting == QUOTE_ALL or (
            rules.quoting == QUOTE_NONNUMERIC and not isinstance(value, (int, float))
        )
        if not quoted and not any([letter in text for letter in special if letter]):
            return text
        quote = rules.quotechar
        if rules.escapechar is not None:
            text = text.replace(rules.escapechar, rules.escapechar * 2)
        if not quoted and not any([letter in text for letter in special if letter and letter != rules.escapechar]):
            return text
        if rules.doublequote:
            text = text.replace(quote, quote * 2)
        elif quote in text:
            if rules.escapechar is None:
                raise Error("need to escape, but no escapechar set")
            text = text.replace(quote, rules.escapechar + quote)
        return quote + text + quote


def writer(csvfile, dialect="excel", **fmtparams):
    return _Writer(csvfile, _Rules(dialect, fmtparams))


class DictReader:
    def __init__(self, f, fieldnames=None, restkey=None, restval=None, dialect="excel", *args, **kwds):
        self._names = None if fieldnames is None else list(fieldnames)
        self.restkey = restkey
        self.restval = restval
        self.reader = reader(f, dialect, *args, **kwds)

    @property
    def fieldnames(self):
        if self._names is None:
            try:
                self._names = next(self.reader)
            except StopIteration:
                pass
        return self._names

    @fieldnames.setter
    def fieldnames(self, value):
        self._names = value

    @property
    def line_num(self):
        return self.reader.line_num

    def __iter__(self):
        return self

    def __next__(self):
        names = self.fieldnames
        row = next(self.reader)
        while row == []:
            row = next(self.reader)
        found = dict(zip(names, row))
        if len(names) < len(row):
            found[self.restkey] = row[len(names) :]
        for name in names[len(row) :]:
            found[name] = self.restval
        return found


class DictWriter:
    def __init__(self, f, fieldnames, restval="", extrasaction="raise", dialect="excel", *args, **kwds):
        if extrasaction.lower() not in ("raise", "ignore"):
            raise ValueError(f"extrasaction ({extrasaction}) must be 'raise' or 'ignore'")
        self.fieldnames = fieldnames
        self.restval = restval
        self.extrasaction = extrasaction
        self.writer = writer(f, dialect, *args, **kwds)

    def writeheader(self):
        return self.writer.writerow(self.fieldnames)

    def _values(self, rowdict):
        if self.extrasaction == "raise":
            wrong = [repr(name) for name in rowdict if name not in self.fieldnames]
            if wrong:
                raise ValueError("dict contains fields not in fieldnames: " + ", ".join(wrong))
        return [rowdict.get(name, self.restval) for name in self.fieldnames]

    def writerow(self, rowdict):
        return self.writer.writerow(self._values(rowdict))

    def writerows(self, rowdicts):
        return self.writer.writerows([self._values(row) for row in rowdicts])
