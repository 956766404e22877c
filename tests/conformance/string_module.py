# Characters by class, templates, and text in lines.
import string
import textwrap

print(string.ascii_lowercase, string.ascii_uppercase, string.digits, string.hexdigits, string.octdigits)
print(string.punctuation, len(string.ascii_letters), len(string.printable), repr(string.whitespace))
print(string.capwords("the quick  brown fox"), string.capwords("a-b", "-"))
note = string.Template("Dear $name, you owe ${amount}0 $$")
print(note.substitute(name="Ann", amount=5), "/", note.substitute({"name": "Bob", "amount": 7}))
print(note.safe_substitute(name="Cy"), "/", note.template)
for fill in (lambda: note.substitute(name="x"), lambda: string.Template("5 $ more").substitute(), lambda: string.Template("a\nb $1").substitute()):
    try:
        fill()
    except (KeyError, ValueError) as error:
        print(type(error).__name__, error)

text = "Threads share memory, so what one of them writes the others may read at any moment."
print(textwrap.fill(text, 30))
print(textwrap.fill(text, 24, initial_indent="* ", subsequent_indent="  "))
print(textwrap.wrap("incomprehensibilities are long", 10), textwrap.shorten(text, 40), textwrap.shorten(text, 25, placeholder="..."))
print(textwrap.dedent("    one\n      two\n\n    three"))
print(textwrap.indent("one\n\ntwo\n", "> "), end="")
