# /// script
# [tool.raddle]
# title = "The first answer wins"
# summary = "Three mirrors are asked, the first answer counts, and a task that has not begun is cancelled. Watch a pending future never get a worker."
# topics = ["wait", "FIRST_COMPLETED", "cancel"]
# expect = "safe"
# group = "Pools and futures"
#
# [tool.raddle.tr]
# title = "İlk yanıt kazanır"
# summary = "Üç yansıya (mirror) sorulur, ilk yanıt geçerlidir, henüz başlamamış görev iptal edilir. Bekleyen bir future'ın hiç işçi bulamamasını izleyin."
# ///
import time
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait


def ask(mirror, seconds):
    time.sleep(seconds)
    return mirror


with ThreadPoolExecutor(max_workers=2) as pool:
    answers = [pool.submit(ask, "europe", 0.9), pool.submit(ask, "asia", 0.4), pool.submit(ask, "moon", 3.0)]
    extra = pool.submit(ask, "mars", 9.0)
    done, others = wait(answers, return_when=FIRST_COMPLETED)
    print(f"first: {done.pop().result()}, not yet: {len(others)}")
    print(f"mars cancelled: {extra.cancel()}")  # nobody has begun it
print(f"in the end: {[answer.result() for answer in answers]}, cancelled: {extra.cancelled()}")
