# Classes that act as containers, iterators and functions.
class Shelf:
    def __init__(self, *books):
        self.books = list(books)

    def __len__(self):
        return len(self.books)

    def __getitem__(self, index):
        return self.books[index]

    def __setitem__(self, index, book):
        self.books[index] = book

    def __delitem__(self, index):
        del self.books[index]

    def __contains__(self, book):
        return book.lower() in self.books

    def __iter__(self):
        return iter(self.books)

    def __call__(self, prefix):
        return [prefix + book for book in self.books]


class Countdown:
    def __init__(self, start):
        self.now = start

    def __iter__(self):
        return self

    def __next__(self):
        if self.now == 0:
            raise StopIteration
        self.now -= 1
        return self.now + 1


shelf = Shelf("a", "b", "c")
shelf[0] = "z"
del shelf[1]
print(len(shelf), shelf[0], shelf[-1], "Z" in shelf, "q" in shelf, list(shelf), shelf("my "), bool(Shelf()))
for book in shelf:
    print(book)
print(list(Countdown(3)), sum(Countdown(4)), [*Countdown(2)], next(Countdown(9)))
