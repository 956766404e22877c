# Classes of characters, and templates.

whitespace = " \t\n\r\v\f"
ascii_lowercase = "abcdefghijklmnopqrstuvwxyz"
ascii_uppercase = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
ascii_letters = ascii_lowercase + ascii_uppercase
digits = "0123456789"
hexdigits = digits + "abcdef" + "ABCDEF"
octdigits = "01234567"
punctuation = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"
printable = digits + ascii_letters + punctuation + whitespace

_missing = object()


def capwords(s, sep=None):
    return (" " if sep is None else sep).join([word.capitalize() for word in s.split(sep)])


class Template:
    def __init__(self, template):
        self.template = template

    def substitute(self, mapping=None, /, **keywords):
        return self._filled(mapping, keywords, False)

    def safe_substitute(self, mapping=None, /, **keywords):
        return self._filled(mapping, keywords, True)

    def _filled(self, mapping, keywords, safe):
        text = self.template
        out = []
        at = 0
        while at < len(text):
            sign = text.find("$", at)
            if sign < 0:
                break
            out.append(text[at:sign])
            at = sign + 1
            if text[at : at + 1] == "$":
                out.append("$")
                at += 1
                continue
            braced = text[at : at + 1] == "{"
            start = at + 1 if braced else at
            end = start
            while end < len(text) and (text[end] == "_" or text[end].isalnum()) and text[end].isascii():
                end += 1
            name = text[start:end]
            if not name or name[0].isdigit() or (braced and text[end : end + 1] != "}"):
                if not safe:
                    lines = text[:sign].split("\n")
                    column = sign - sum([len(line) + 1 for line in lines[:-1]]) + 1
                    raise ValueError(f"Invalid placeholder in string: line {len(lines)}, col {column}")
                out.append("$")
                continue
            at = end + 1 if braced else end
            if name in keywords:
                out.append(str(keywords[name]))
            elif mapping is not None and (not safe or name in mapping):
                out.append(str(mapping[name]))
            elif safe:
                out.append(text[sign:at])
            else:
                raise KeyError(name)
        out.append(text[at:])
        return "".join(out)
