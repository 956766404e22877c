# Lines of a shell, taken apart and put together.


def split(s, comments=False, posix=True):
    if not posix:
        raise NotImplementedError("raddle splits as a POSIX shell does")
    words = []
    word = None
    at = 0
    while at < len(s):
        letter = s[at]
        at += 1
        if letter in " \t\r\n":
            if word is not None:
                words.append(word)
            word = None
        elif letter == "#" and comments:
            end = s.find("\n", at)
            at = len(s) if end < 0 else end
        elif letter == "\\":
            if at == len(s):
                raise ValueError("No escaped character")
            word = (word or "") + s[at]
            at += 1
        elif letter in "\"'":
            word = word or ""
            while True:
                if at == len(s):
                    raise ValueError("No closing quotation")
                inner = s[at]
                at += 1
                if inner == letter:
                    break
                if inner == "\\" and letter == '"':
                    if at == len(s):
                        raise ValueError("No closing quotation")
                    word += s[at] if s[at] in '"\\' else "\\" + s[at]
                    at += 1
                else:
                    word += inner
        else:
            word = (word or "") + letter
    if word is not None:
        words.append(word)
    return words


def quote(s):
    if not s:
        return "''"
    if all([letter.isalnum() and letter.isascii() or letter in "@%+=:,./-_" for letter in s]):
        return s
    return "'" + s.replace("'", "'\"'\"'") + "'"


def join(split_command):
    return " ".join([quote(word) for word in split_command])
