# Iterators made of iterators.
import itertools as it
from itertools import chain, groupby, islice

print(list(chain([1, 2], "ab", (3,))), list(chain.from_iterable(["xy", [1]])), list(chain()))
print(list(islice("abcdefg", 3)), list(islice("abcdefg", 2, None)), list(islice("abcdefg", 1, 6, 2)))
print(list(it.accumulate([1, 2, 3, 4])), list(it.accumulate([3, 1, 4], max)), list(it.accumulate([1], initial=9)))
print(list(it.takewhile(lambda n: n < 3, [1, 2, 3, 1])), list(it.dropwhile(lambda n: n < 3, [1, 2, 3, 1])))
print(list(it.filterfalse(lambda n: n % 2, range(6))), list(it.filterfalse(None, [0, 1, "", 2])))
print(list(it.starmap(pow, [(2, 3), (3, 2)])), list(it.compress("abcd", [1, 0, 1, 0])), list(it.pairwise("abcd")))
print(list(it.zip_longest("ab", [1], fillvalue="-")), list(it.zip_longest()))
print(list(it.product("ab", repeat=2)), list(it.product([1, 2], "x")), list(it.product()))
print(list(it.permutations("abc", 2)), len(list(it.permutations(range(4)))))
print(list(it.combinations("abcd", 3)), list(it.combinations_with_replacement("ab", 2)))
for key, group in groupby(["apple", "avocado", "bean", "corn", "cake"], key=lambda word: word[0]):
    print(key, list(group))
print([(key, len(list(group))) for key, group in groupby("aabccc")])
first, second = it.tee(n * n for n in range(4))
print(next(first), next(first), list(second), list(first))

# What is behind the end is left for the next one.
numbers = iter(range(10))
print(list(islice(numbers, 3)), list(islice(numbers, 1, 4)), list(numbers))
rows = groupby([1, 1, 2])
one = next(rows)
two = next(rows)
print(one[0], list(one[1]), two[0], list(two[1]))

for wrong in (lambda: islice([1], -1), lambda: islice([1], 0, 5, 0), lambda: it.combinations("ab", -1), lambda: it.product([1], repeat=-1)):
    try:
        wrong()
    except ValueError as error:
        print(error)
