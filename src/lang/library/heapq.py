# Heaps in lists, where it takes Python code to compare items or key functions are given; the machine does the rest. In a heap the
# smallest item is the first, each item at `i` is no larger than those at `2i + 1` and `2i + 2`.


# Moves the item at `place` towards the front until its parent is no larger.
def _raise(heap, place, top):
    item = heap[place]
    while place > top:
        parent = (place - 1) // 2
        if not item < heap[parent]:
            break
        heap[place] = heap[parent]
        place = parent
    heap[place] = item


# Fills the hole that the item at `place` leaves: smaller children move up, down to a leaf, from which the item is raised.
def _sink(heap, place):
    top = place
    end = len(heap)
    item = heap[place]
    child = 2 * place + 1
    while child < end:
        if child + 1 < end and not heap[child] < heap[child + 1]:
            child += 1
        heap[place] = heap[child]
        place = child
        child = 2 * place + 1
    heap[place] = item
    _raise(heap, place, top)


def _push(heap, item):
    heap.append(item)
    _raise(heap, len(heap) - 1, 0)


def _pop(heap):
    if not heap:
        raise IndexError("index out of range")
    last = heap.pop()
    if not heap:
        return last
    first = heap[0]
    heap[0] = last
    _sink(heap, 0)
    return first


def _replace(heap, item):
    if not heap:
        raise IndexError("index out of range")
    first = heap[0]
    heap[0] = item
    _sink(heap, 0)
    return first


def _pushpop(heap, item):
    if heap and heap[0] < item:
        item, heap[0] = heap[0], item
        _sink(heap, 0)
    return item


def _heapify(heap):
    for place in range(len(heap) // 2 - 1, -1, -1):
        _sink(heap, place)


# Nothing is compared for none of them.
def nsmallest(n, iterable, key=None):
    if n <= 0:
        iter(iterable)
        return []
    return sorted(iterable, key=key)[:n]


def nlargest(n, iterable, key=None):
    if n <= 0:
        iter(iterable)
        return []
    return sorted(iterable, key=key, reverse=True)[:n]


# A head that is the smaller one where the heads themselves are the larger.
class _Reversed:
    def __init__(self, head):
        self.head = head

    def __lt__(self, other):
        return other.head < self.head


# Each head is a list: what it is compared by, its stream's number, the value, the stream.
def merge(*iterables, key=None, reverse=False):
    heap = []
    for number, iterable in enumerate(iterables):
        stream = iter(iterable)
        for value in stream:
            head = [value if key is None else key(value), -number if reverse else number, value, stream]
            heap.append(_Reversed(head) if reverse else head)
            break
    _heapify(heap)
    while heap:
        first = heap[0]
        head = first.head if reverse else first
        yield head[2]
        for value in head[3]:
            head[0], head[2] = value if key is None else key(value), value
            if len(heap) > 1:
                _replace(heap, first)
            break
        else:
            _pop(heap)
