# /// script
# [tool.raddle]
# title = "Woken, but too late"
# summary = "Two consumers check with `if` instead of `while`, and one item wakes them both. Watch the second find the list empty and crash."
# topics = ["Condition", "notify_all", "predicate"]
# expect = "error"
# group = "Coordination"
#
# [tool.raddle.tr]
# title = "Uyandı ama geç kaldı"
# summary = "İki tüketici `if` ile bekler, tek öğe için ikisi de uyandırılır. İkincinin listeyi boş bulup istisnayla ölmesini izleyin."
# ///
import threading
import time

items = []
changed = threading.Condition()


def consume():
    with changed:
        if not items:  # should be "while": being woken promises nothing
            changed.wait()
        items.pop()
        print("someone got the item")


consumers = [threading.Thread(name=f"consumer-{number}", target=consume) for number in (1, 2)]
for consumer in consumers:
    consumer.start()
time.sleep(0.5)
with changed:
    items.append("apple")
    changed.notify_all()
for consumer in consumers:
    consumer.join()
print("one of them crashed")
