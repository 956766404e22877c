import textwrap

text = "The non-blocking queue's put-back operation--which nobody uses--is well-known; see x-y, ab-cd, a-b-c and 12-34. Supercalifragilisticexpialidocious!"
for width in [10, 20, 33, 50]:
    print(textwrap.wrap(text, width))
print(textwrap.fill("a  b\tc\n\nd   e", 5))
print(textwrap.wrap(text, 12, break_long_words=False, break_on_hyphens=False))
print(textwrap.fill("one two three four", 12, initial_indent="* ", subsequent_indent="  "))
print(textwrap.shorten("hello  world and everybody", width=15), textwrap.shorten("hello", width=15), textwrap.shorten("hello world", width=10, placeholder="..."))
print(textwrap.wrap("one two three four five six", 9, max_lines=2), textwrap.wrap("", 5), textwrap.wrap("   lead", 5), textwrap.wrap("x " * 9, 4, drop_whitespace=False))
wrapper = textwrap.TextWrapper(width=18, fix_sentence_endings=True)
print(wrapper.wrap("It ends. It begins again! And so on."), wrapper.fill("short"))
for call in [lambda: textwrap.wrap("x", 0), lambda: textwrap.shorten("hello world", 3)]:
    try:
        print(call())
    except ValueError as error:
        print(error)
print(textwrap.dedent("    a\n      b\n"), textwrap.indent("a\n\nb", "> "))
