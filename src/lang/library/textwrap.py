# Text in lines of a width.


def wrap(text, width=70, *, initial_indent="", subsequent_indent="", break_long_words=True):
    if width <= 0:
        raise ValueError(f"invalid width {width!r} (must be > 0)")
    lines = []
    line = initial_indent
    empty = True
    for word in text.split():
        while True:
            room = width - len(line) - (0 if empty else 1)
            if len(word) <= room:
                line += word if empty else " " + word
                empty = False
                break
            if not empty:
                lines.append(line)
                line = subsequent_indent
                empty = True
            elif break_long_words:
                room = max(room, 1)
                lines.append(line + word[:room])
                word = word[room:]
                line = subsequent_indent
            else:
                lines.append(line + word)
                line = subsequent_indent
                break
    if not empty:
        lines.append(line)
    return lines


def fill(text, width=70, *, initial_indent="", subsequent_indent="", break_long_words=True):
    return "\n".join(
        wrap(
            text,
            width,
            initial_indent=initial_indent,
            subsequent_indent=subsequent_indent,
            break_long_words=break_long_words,
        )
    )


def shorten(text, width, *, placeholder=" [...]"):
    words = text.split()
    whole = " ".join(words)
    if len(whole) <= width:
        return whole
    if len(placeholder.lstrip()) > width:
        raise ValueError("placeholder too large for max width")
    while words and len(" ".join(words)) + len(placeholder) > width:
        words.pop()
    return " ".join(words) + placeholder if words else placeholder.lstrip()


def dedent(text):
    lines = [line if line.strip() else "" for line in text.split("\n")]
    margin = None
    for line in lines:
        if line:
            indent = line[: len(line) - len(line.lstrip(" \t"))]
            if margin is None:
                margin = indent
            else:
                common = 0
                while common < len(margin) and common < len(indent) and margin[common] == indent[common]:
                    common += 1
                margin = margin[:common]
    if not margin:
        return "\n".join(lines)
    return "\n".join([line[len(margin) :] for line in lines])


def indent(text, prefix, predicate=None):
    lines = []
    for line in text.splitlines(True):
        if line.strip() if predicate is None else predicate(line):
            line = prefix + line
        lines.append(line)
    return "".join(lines)
