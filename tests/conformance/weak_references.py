# Weak references to objects that live
import threading
import weakref


class Node:
    def __init__(self, value):
        self.value = value

    def __repr__(self):
        return f"Node({self.value})"

    def show(self):
        return f"shown {self.value}"


node, other = Node(1), Node(2)
reference = weakref.ref(node)
print(reference() is node, reference == weakref.ref(node), reference == weakref.ref(other), isinstance(reference, weakref.ref))
values = weakref.WeakValueDictionary(a=node)
values["b"] = other
print(values["a"], len(values), sorted(values), values.get("z"), "b" in values, values.pop("b"), dict(values))
keys = weakref.WeakKeyDictionary()
keys[node] = "first"
keys.setdefault(other, "second")
print(keys[node], len(keys), other in keys, sorted(keys.values()))
nodes = weakref.WeakSet([node])
nodes.add(other)
nodes.discard(node)
print(len(nodes), other in nodes, list(nodes), {item.value for item in nodes})
stand_in = weakref.proxy(node)
print(stand_in.value, stand_in.show(), weakref.WeakMethod(node.show)()())
for wrong in (1, "text", [1]):
    try:
        weakref.ref(wrong)
    except TypeError as error:
        print(error)


class Cache:
    def __init__(self):
        self.known = weakref.WeakValueDictionary()
        self.lock = threading.Lock()
        self.made = 0

    def get(self, key):
        with self.lock:
            found = self.known.get(key)
            if found is None:
                self.made += 1
                found = self.known[key] = Node(key)
            return found


cache = Cache()
kept = []
threads = [threading.Thread(target=lambda: kept.append(cache.get("k"))) for _ in range(4)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(cache.made, all(one is kept[0] for one in kept))
first = weakref.finalize(node, print, "finalized", 1, sep=":")
second = weakref.finalize(other, print, "at the end")
third = weakref.finalize(other, print, "never")
third.atexit = False
print(first.alive, first(), first.alive, first(), second.alive)
