import csv
import io

text = 'name,age,note\nann,30,"likes, commas"\nbob,25,"says ""hi"""\n"multi\nline",1,\n\n'
for row in csv.reader(io.StringIO(text)):
    print(row)
for row in csv.DictReader(io.StringIO(text)):
    print(row)
out = io.StringIO()
w = csv.writer(out)
w.writerow(["a", 1, 2.5, None, 'x"y', "with, comma", "new\nline", ""])
w.writerows([[1, 2], ["", ""], [""]])
print(repr(out.getvalue()))
out = io.StringIO()
d = csv.DictWriter(out, fieldnames=["id", "value"], lineterminator="\n", extrasaction="ignore")
d.writeheader()
d.writerow({"id": 1, "value": "x", "more": 2})
d.writerows([{"id": 2}, {"value": "z"}])
print(out.getvalue())
print(list(csv.reader(["a;b;c", "'x;y';z"], delimiter=";", quotechar="'")))
print(list(csv.reader(["a\tb"], dialect="excel-tab")), list(csv.reader(["1,2"], quoting=csv.QUOTE_NONNUMERIC)))
out = io.StringIO()
csv.writer(out, quoting=csv.QUOTE_ALL, delimiter="|").writerow([1, "b"])
csv.writer(out, quoting=csv.QUOTE_NONNUMERIC).writerow([1, "b", 2.0])
csv.writer(out, quoting=csv.QUOTE_NONE, escapechar="\\").writerow(["a,b", "c"])
print(repr(out.getvalue()))
r = csv.reader(["a,b", "c,d"])
print(next(r), r.line_num, next(r), r.line_num)
print(list(csv.DictReader(["a,b", "1,2,3", "4"], restkey="more", restval="-")))
try:
    csv.DictWriter(io.StringIO(), ["a"]).writerow({"b": 1})
except ValueError as error:
    print(error)
print(list(csv.reader(["a, b", "c,  d"], skipinitialspace=True)), csv.list_dialects())
