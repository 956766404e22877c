# csv: quoting, dialects, rests, short rows, errors.
import csv
import io

def rows(text, **how):
    return list(csv.reader(io.StringIO(text), **how))

print(rows('a,"b,c","d ""e"""\r\n1,,\n\n"x\ny",2'))
print(rows("a;b c;'d;e'", delimiter=";", quotechar="'"), rows("a\tb", dialect="excel-tab"), rows("a, b", skipinitialspace=True))
print(rows("1,2.5,\"x\"", quoting=csv.QUOTE_NONNUMERIC), rows("a\\,b", escapechar="\\", quoting=csv.QUOTE_NONE))
out = io.StringIO()
writer = csv.writer(out)
print(writer.writerow(["plain", 'quo"te', "com,ma", "new\nline", None, 1.5, True, ""]))
writer.writerows([[], [""], ["a"]])
print(repr(out.getvalue()))
for quoting in (csv.QUOTE_ALL, csv.QUOTE_MINIMAL, csv.QUOTE_NONNUMERIC):
    out = io.StringIO()
    csv.writer(out, quoting=quoting, lineterminator="|").writerow(["a", 1, 2.5, None, "b c"])
    print(quoting, out.getvalue())
try:
    csv.writer(io.StringIO(), quoting=csv.QUOTE_NONE).writerow(["a,b"])
except csv.Error as error:
    print(error)
reader = csv.DictReader(io.StringIO("name,age\nann,3,extra\nbob\n\ncid,5\n"), restkey="more", restval="?")
print(reader.fieldnames, [dict(row) for row in reader], reader.line_num)
out = io.StringIO()
writer = csv.DictWriter(out, ["b", "a"], restval="-", extrasaction="ignore", delimiter=";")
writer.writeheader()
writer.writerow({"a": 1, "c": 3})
print(repr(out.getvalue()))
try:
    csv.DictWriter(out, ["a"]).writerow({"a": 1, "z": 2})
except ValueError as error:
    print(error)
try:
    csv.reader(io.StringIO("a"), delimiter="ab")
except TypeError as error:
    print(error)
