# Where words begin: after letters that have no case, and with letters whose upper case is more than one.
for text in ["日本naïve", "ßa ßb", "ﬁsh ﬂat", "ǆungla ǇUBAV", "o'neil x2y", "ŉ'a", "aßb", "ÉTÉ été"]:
    print([text.title(), text.capitalize(), text.upper(), text.istitle()])
print("ß".capitalize(), "ß".title(), "İx".capitalize() == "İx", "ŉa".capitalize())
