# sorting by keys: stable, reversed, keys that compare in Python, and errors
words = ["pear", "fig", "apple", "kiwi", "date", "plum"]
print(sorted(words, key=len), sorted(words, key=len, reverse=True))
print(sorted(range(40), key=lambda n: (n % 3, -n))[:14])
print(sorted({"b": 1, "a": 2}.items(), key=lambda pair: pair[1], reverse=1))


class Size:
    def __init__(self, text):
        self.text = text

    def __lt__(self, other):
        return len(self.text) < len(other.text)


print(sorted(words, key=Size), sorted(words, key=lambda word: (Size(word), word))[0])
words.sort(key=lambda word: word[-1])
print(words, sorted((n for n in "cab"), key=str), sorted([], key=len))
for key in (lambda word: word if word > "g" else 1, lambda word: word.missing):
    try:
        sorted(words, key=key)
    except (TypeError, AttributeError) as error:
        print(type(error).__name__, error)

# strings that grow keep what others still hold of them
text = "ab"
kept = [text]
for _ in range(3):
    text += text[-1]
    kept.append(text)
other = text
text += other
text = text + "é"
print(kept, other, text, len(text))
big = 2**64
before = big
for n in (5, -3, -(2**63)):
    big += n
    print(big, before)
