# Text in lines of a width.


def _is_letter(text, at):
    return 0 <= at < len(text) and text[at].isalpha()


# Whether a word may be broken behind the hyphen that stands there.
def _breaks(word, at):
    before = _is_letter(word, at - 1) and (
        _is_letter(word, at - 2) or (at >= 3 and word[at - 2] == "-" and _is_letter(word, at - 3))
    )
    after = at + 2 if word[at + 2 : at + 3] == "-" else at + 1
    return before and _is_letter(word, at + 1) and _is_letter(word, after + 1 if after > at + 1 else at + 2)


# The pieces of a word that may stand on different lines.
def _pieces(word):
    pieces = []
    begin = at = 0
    while at < len(word):
        if word[at] != "-":
            at += 1
            continue
        end = at
        while end < len(word) and word[end] == "-":
            end += 1
        between = at > begin and (word[at - 1].isalnum() or word[at - 1] in "_!\"'&.,?")
        if end - at > 1 and between and end < len(word) and (word[end].isalnum() or word[end] == "_"):
            pieces.append(word[begin:at])
            pieces.append(word[at:end])
            begin = end
        elif end - at == 1 and _breaks(word, at):
            pieces.append(word[begin:end])
            begin = end
        at = end
    pieces.append(word[begin:])
    return [piece for piece in pieces if piece]


class TextWrapper:
    def __init__(
        self,
        width=70,
        initial_indent="",
        subsequent_indent="",
        expand_tabs=True,
        replace_whitespace=True,
        fix_sentence_endings=False,
        break_long_words=True,
        drop_whitespace=True,
        break_on_hyphens=True,
        tabsize=8,
        *,
        max_lines=None,
        placeholder=" [...]",
    ):
        self.width = width
        self.initial_indent = initial_indent
        self.subsequent_indent = subsequent_indent
        self.expand_tabs = expand_tabs
        self.replace_whitespace = replace_whitespace
        self.fix_sentence_endings = fix_sentence_endings
        self.break_long_words = break_long_words
        self.drop_whitespace = drop_whitespace
        self.break_on_hyphens = break_on_hyphens
        self.tabsize = tabsize
        self.max_lines = max_lines
        self.placeholder = placeholder

    # Words and the blanks between them, in turn.
    def _chunks(self, text):
        if self.expand_tabs:
            text = text.expandtabs(self.tabsize)
        chunks = []
        at = 0
        while at < len(text):
            end = at
            blank = text[at] in "\t\n\x0b\x0c\r "
            while end < len(text) and (text[end] in "\t\n\x0b\x0c\r ") == blank:
                end += 1
            if blank:
                chunks.append(" " * (end - at) if self.replace_whitespace else text[at:end])
            elif self.break_on_hyphens:
                chunks.extend(_pieces(text[at:end]))
            else:
                chunks.append(text[at:end])
            at = end
        if self.fix_sentence_endings:
            for place in range(len(chunks) - 1):
                word = chunks[place].rstrip("\"')")
                if chunks[place + 1] == " " and word[-1:] in (".", "!", "?") and word[-2:-1].islower():
                    chunks[place + 1] = "  "
        return chunks

    def wrap(self, text):
        if self.width <= 0:
            raise ValueError(f"invalid width {self.width!r} (must be > 0)")
        if self.max_lines is not None:
            indent = self.subsequent_indent if self.max_lines > 1 else self.initial_indent
            if len(indent) + len(self.placeholder.lstrip()) > self.width:
                raise ValueError("placeholder too large for max width")
        lines = []
        left = self._chunks(text)
        left.reverse()
        while left:
            indent = self.subsequent_indent if lines else self.initial_indent
            room = self.width - len(indent)
            if self.drop_whitespace and lines and left[-1].strip() == "":
                left.pop()
            line, length = self._line(left, room)
            if self.drop_whitespace and line and line[-1].strip() == "":
                length -= len(line.pop())
            if not line:
                continue
            last = not left or (self.drop_whitespace and len(left) == 1 and not left[0].strip())
            if self.max_lines is None or len(lines) + 1 < self.max_lines or (last and length <= room):
                lines.append(indent + "".join(line))
                continue
            self._shorten(lines, line, length, indent, room)
            break
        return lines

    # The chunks that fit into a line, taken off what is left, and how long they are.
    def _line(self, left, room):
        line = []
        length = 0
        while left and length + len(left[-1]) <= room:
            length += len(left[-1])
            line.append(left.pop())
        if left and len(left[-1]) > room:
            piece = max(room - length, 1) if room >= 1 else 1
            if self.break_long_words:
                word = left[-1]
                if self.break_on_hyphens and len(word) > piece:
                    hyphen = word.rfind("-", 0, piece)
                    if hyphen > 0 and any([letter != "-" for letter in word[:hyphen]]):
                        piece = hyphen + 1
                line.append(word[:piece])
                left[-1] = word[piece:]
            elif not line:
                line.append(left.pop())
            length = sum(map(len, line))
        return line, length

    # Ends with the placeholder, since there is more than fits.
    def _shorten(self, lines, line, length, indent, room):
        while line:
            if line[-1].strip() and length + len(self.placeholder) <= room:
                lines.append(indent + "".join(line) + self.placeholder)
                return
            length -= len(line.pop())
        if lines:
            before = lines[-1].rstrip()
            if len(before) + len(self.placeholder) <= self.width:
                lines[-1] = before + self.placeholder
                return
        lines.append(indent + self.placeholder.lstrip())

    def fill(self, text):
        return "\n".join(self.wrap(text))


def wrap(text, width=70, **kwargs):
    return TextWrapper(width=width, **kwargs).wrap(text)


def fill(text, width=70, **kwargs):
    return TextWrapper(width=width, **kwargs).fill(text)


def shorten(text, width, **kwargs):
    return TextWrapper(width=width, max_lines=1, **kwargs).fill(" ".join(text.strip().split()))


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
